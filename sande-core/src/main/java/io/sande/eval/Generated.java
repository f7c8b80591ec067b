package io.sande.eval;

import java.util.Optional;

/**
 * One answer of a model.
 *
 * @param prompt the last turn of the user
 * @param expected the answer that the data has, if it has one
 * @param text what the model said, without special tokens
 */
public record Generated(String prompt, Optional<String> expected, String text) {}
