/**
 * Chat templates: the part of Jinja that Hugging Face models use, as transformers sets it up.
 *
 * <p>Start at {@link io.sande.djl.jinja.Template}. A template comes with a checkpoint and is not
 * trusted: nothing of Java can be reached from it, values cannot be changed in place, and {@link
 * io.sande.djl.jinja.Budget} bounds its time and memory.
 *
 * <p>A value is one of: String, Boolean, Long, Double, {@link io.sande.djl.jinja.None}, List,
 * {@link io.sande.djl.jinja.Tuple}, Map, {@link io.sande.djl.jinja.DictView}, Iterator (a Python
 * generator, which can be walked once), {@link io.sande.djl.jinja.Undefined}, {@link
 * io.sande.djl.jinja.Namespace}, {@link io.sande.djl.jinja.Loop}, {@link
 * io.sande.djl.jinja.Callable}. Lists and maps are never changed once made.
 */
@NullMarked
package io.sande.djl.jinja;

import org.jspecify.annotations.NullMarked;
