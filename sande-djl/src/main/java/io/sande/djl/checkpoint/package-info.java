/**
 * Hugging Face folders in and out: {@code config.json}, safetensors, and the files that are carried
 * along. Knows no engine.
 */
@NullMarked
package io.sande.djl.checkpoint;

import org.jspecify.annotations.NullMarked;
