/**
 * What an engine must offer: a language model that generates, scores, is trained and is saved.
 *
 * <p>Start at {@link io.sande.model.LanguageModel}. Shapes are written with B sequences, T tokens,
 * H hidden size, V vocabulary size. Types here are immutable unless they say otherwise.
 */
@NullMarked
package io.sande.model;

import org.jspecify.annotations.NullMarked;
