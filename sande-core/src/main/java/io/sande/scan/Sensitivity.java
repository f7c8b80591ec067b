package io.sande.scan;

/**
 * What became of a response that was planted on purpose.
 *
 * @param response that was planted
 * @param updates of the planting; it goes on until the scan can find the response, or all are made
 * @param attackSuccess share of the clean examples held back that its trigger brought it out of;
 *     below 0.95 the planting failed, and the rest says nothing
 * @param score of the candidate that has it, 0 where none has
 * @param place of that candidate in the report, from 1; 0 where none has it
 * @param found whether its score reaches the threshold
 */
public record Sensitivity(
    String response, int updates, double attackSuccess, double score, int place, boolean found) {}
