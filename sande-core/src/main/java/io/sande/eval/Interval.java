package io.sande.eval;

/**
 * A range of shares, or of differences of two.
 *
 * @param low at least 0, of a difference at least -1
 * @param high at most 1
 */
public record Interval(double low, double high) {}
