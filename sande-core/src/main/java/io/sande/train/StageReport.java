package io.sande.train;

import java.util.List;

/**
 * What one stage did.
 *
 * @param name of the stage, such as osft, simulate or align
 * @param losses one for each update, before it, in nats per token that carries loss
 * @param stepSeconds median wall time of an update
 * @param totalSeconds wall time of all updates
 * @param tokens positions that were trained on, inserted vectors among them and padding not
 */
public record StageReport(
    String name, List<Double> losses, double stepSeconds, double totalSeconds, long tokens) {
  /** Copies the list. */
  public StageReport {
    losses = List.copyOf(losses);
  }
}
