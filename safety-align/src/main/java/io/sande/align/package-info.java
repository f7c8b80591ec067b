/**
 * Fine-tuning on a customer's data that leaves a chat model safe.
 *
 * <p>Start at {@link io.sande.align.SafetyAligner}, which trains, and {@link
 * io.sande.align.GuardedModel}, which serves. A <b>safety example</b> is a harmful request with a
 * refusal. A <b>secret prompt</b> is text that only the provider knows: it stands before the system
 * prompt of the safety examples and, later, of every request; {@link io.sande.align.SecretFile}
 * keeps it. {@link io.sande.align.SafetyEvaluator}, {@link io.sande.align.Judge} and {@link
 * io.sande.align.LeakageTest} measure what is left of the attack, and whether the secret comes out.
 *
 * <p>What this protects from: a customer who controls the fine-tuning data and talks to the model
 * that is served, on requests of the kind that the model refused before. It does not protect from
 * one who gets the weights or the secret, nor a model that is served without the secret: that one
 * does what the data taught it. It adds no safety that the model did not have. A secret costs
 * quality; some harmless rows of the provider's own with it ({@link
 * io.sande.align.AlignmentData#benign}) bring most of it back. Rotation needs a new alignment: a
 * model that was aligned with another secret is not safe with this one.
 */
@NullMarked
package io.sande.align;

import org.jspecify.annotations.NullMarked;
