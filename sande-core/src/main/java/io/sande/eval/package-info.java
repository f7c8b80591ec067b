/**
 * Measures what a model answers; never changes it.
 *
 * <p>Start at {@link io.sande.eval.Evaluator}.
 */
@NullMarked
package io.sande.eval;

import org.jspecify.annotations.NullMarked;
