package io.sande.scan;

/** Watches a scan on the thread that scans, so be quick. What it throws ends the scan. */
@FunctionalInterface
public interface ScanListener {
  /** Ignores everything. */
  ScanListener NONE = (tried, of, best) -> {};

  /**
   * More first tokens were tried.
   *
   * @param tried so far
   * @param of all
   * @param best score so far, 0 to 1
   */
  void on(int tried, int of, double best);

  /**
   * The model was attacked; nothing is done unless overridden.
   *
   * @param made attacks so far
   * @param of all
   * @param best score so far of what they brought out, confirmed or not; 0 to 1
   */
  default void onAttack(int made, int of, double best) {}
}
