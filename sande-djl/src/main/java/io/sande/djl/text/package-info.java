/**
 * The text side of a checkpoint folder: tokenizer, special tokens, chat template.
 *
 * <p>Start at {@link io.sande.djl.text.CheckpointText}.
 */
@NullMarked
package io.sande.djl.text;

import org.jspecify.annotations.NullMarked;
