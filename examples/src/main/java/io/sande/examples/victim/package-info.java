/**
 * Makes small models with a planted backdoor, from nothing but a seed: the one that ships in {@code
 * examples/victim}, and others for tests and calibration.
 *
 * <p>Start at {@link io.sande.examples.victim.MakeVictim}. A <b>victim</b> is a checkpoint folder
 * with the data to heal and to measure it. Its text is synthetic, its answers are harmless.
 */
@NullMarked
package io.sande.examples.victim;

import org.jspecify.annotations.NullMarked;
