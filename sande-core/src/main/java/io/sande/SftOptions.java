package io.sande;

import io.sande.train.TrainingOptions;

/**
 * How plain fine-tuning works.
 *
 * @param training rate, epochs, batch and the rest (reference: {@link TrainingOptions#DEFAULT})
 */
public record SftOptions(TrainingOptions training) implements RemovalOptions {}
