/**
 * Fine-tuning on a customer's data that leaves a chat model safe.
 *
 * <p>Start at {@link io.sande.align.SafetyAligner}. A <b>safety example</b> is a harmful request
 * with a refusal. A <b>secret prompt</b> is text that only the provider knows: it stands before the
 * system prompt of the safety examples and, later, of every request.
 */
@NullMarked
package io.sande.align;

import org.jspecify.annotations.NullMarked;
