/**
 * The engine: opens Hugging Face checkpoints as {@link io.sande.model.LanguageModel}s over DJL and
 * PyTorch.
 *
 * <p>Start at {@link io.sande.djl.DjlModels}.
 */
@NullMarked
package io.sande.djl;

import org.jspecify.annotations.NullMarked;
