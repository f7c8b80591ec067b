/**
 * From text to updates: conversations become tokens with labels, and a loop trains on them.
 *
 * <p>Start at {@link io.sande.train.TrainingOptions}. The way of an example: {@link
 * io.sande.data.Conversation} (text), {@link io.sande.train.ChatEncoder}, {@link
 * io.sande.model.TokenSequence} (tokens and which of them carry loss), {@link
 * io.sande.train.TrainingLoop}, {@link io.sande.model.Training} (one update), {@link
 * io.sande.train.StageReport}. Losses are in nats per token that carries loss; updates count from
 * 1.
 */
@NullMarked
package io.sande.train;

import org.jspecify.annotations.NullMarked;
