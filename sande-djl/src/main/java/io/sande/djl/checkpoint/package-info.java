/**
 * Hugging Face folders in and out, without an engine. Start at {@link
 * io.sande.djl.checkpoint.Checkpoint}.
 *
 * <p>A <b>checkpoint</b> is a folder of {@code config.json}, tokenizer files and weights in
 * safetensors, in one file or several <b>shards</b>. {@link io.sande.djl.checkpoint.ModelConfig} is
 * {@code config.json} with nothing absent; {@link io.sande.djl.checkpoint.Layout} the list of
 * tensors that follows from it. Files come from strangers: every size and name in them is checked
 * before it is used, and {@link io.sande.djl.checkpoint.CheckpointException} names the file.
 * Outputs are written beside their target and moved into place. A new family of models is a {@code
 * Family} in the list of {@code Families}.
 */
@NullMarked
package io.sande.djl.checkpoint;

import org.jspecify.annotations.NullMarked;
