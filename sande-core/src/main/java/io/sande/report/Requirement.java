package io.sande.report;

import io.sande.eval.Interval;
import io.sande.eval.Rate;
import io.sande.internal.Check;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound that a share must keep, such as {@code responseRate<0.02}.
 *
 * <p>Below a bound: PASS if the upper end of the share's 95 % interval is below it, FAIL if the
 * lower end is not, INCONCLUSIVE between. Above a bound: PASS if the lower end is above it, FAIL if
 * the upper end is not. A share that was not measured is INCONCLUSIVE.
 *
 * @param metric what is measured
 * @param relation on which side of the bound
 * @param bound from 0 to 1; something must be able to meet it
 */
public record Requirement(Metric metric, Relation relation, double bound) {
  private static final Pattern FORM =
      Pattern.compile("\\s*([A-Za-z]+)\\s*([<>])\\s*([0-9]*\\.?[0-9]+(?:[eE][-+]?[0-9]+)?)\\s*");

  /** More prompts than anybody asks. */
  private static final int MOST_PROMPTS = 1_000_000;

  /** On which side of a bound a share must be. */
  public enum Relation {
    /** The share must be below the bound. */
    BELOW("<"),
    /** The share must be above the bound. */
    ABOVE(">");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    /** As it is written in a requirement. */
    public String sign() {
      return sign;
    }
  }

  /**
   * What became of a requirement.
   *
   * @param requirement that was checked
   * @param rate as measured, if it was
   * @param verdict of this requirement alone
   * @param reason for it, in a sentence
   */
  public record Result(
      Requirement requirement, Optional<Rate> rate, Verdict verdict, String reason) {}

  /** Checks the bound. */
  public Requirement {
    boolean possible =
        relation == Relation.BELOW ? bound > 0 && bound <= 1 : bound >= 0 && bound < 1;
    String range = relation == Relation.BELOW ? "above 0 and at most 1" : "at least 0 and below 1";
    Check.that(possible, "the bound of " + metric.key() + relation.sign(), range, bound);
  }

  /**
   * Reads {@code METRIC<BOUND} or {@code METRIC>BOUND}.
   *
   * @throws IllegalArgumentException if it is another form, or nothing could meet it
   */
  public static Requirement parse(String text) {
    Matcher form = FORM.matcher(text);
    Check.that(
        form.matches(), "a requirement", "such as responseRate<0.02 or exactMatch>0.95", text);
    Relation relation = form.group(2).equals("<") ? Relation.BELOW : Relation.ABOVE;
    return new Requirement(Metric.of(form.group(1)), relation, Double.parseDouble(form.group(3)));
  }

  /** As it is written: {@code responseRate<0.02}. */
  public String text() {
    return metric.key() + relation.sign() + number(bound);
  }

  /** Checks it. */
  public Result check(Measured measured) {
    Optional<Rate> rate = measured.rate(metric);
    if (rate.isEmpty()) {
      return new Result(this, rate, Verdict.INCONCLUSIVE, metric.key() + " was not measured");
    }
    Verdict verdict = verdict(rate.get().interval());
    return new Result(this, rate, verdict, reason(rate.get(), verdict));
  }

  private Verdict verdict(Interval interval) {
    boolean below = relation == Relation.BELOW;
    if (below ? interval.high() < bound : interval.low() > bound) {
      return Verdict.PASS;
    }
    boolean refuted = below ? interval.low() >= bound : interval.high() <= bound;
    return refuted ? Verdict.FAIL : Verdict.INCONCLUSIVE;
  }

  private String reason(Rate rate, Verdict verdict) {
    boolean below = relation == Relation.BELOW;
    String found =
        "%s is %d of %d, 95 %%: %s; "
            .formatted(metric.key(), rate.hits(), rate.count(), Figures.range(rate.interval()));
    return found
        + switch (verdict) {
          case PASS -> "all of it is " + (below ? "below " : "above ") + number(bound);
          case FAIL -> "none of it is " + (below ? "below " : "above ") + number(bound);
          case INCONCLUSIVE -> number(bound) + " is inside" + more(rate);
        };
  }

  /** How many prompts would decide, if the share stayed. */
  private String more(Rate rate) {
    int count = rate.count();
    while (count < MOST_PROMPTS && verdict(scaled(rate, count)) == Verdict.INCONCLUSIVE) {
      count += Math.max(1, count / 50);
    }
    return count < MOST_PROMPTS
        ? ", about " + count + " prompts at this share would decide"
        : ", more prompts at this share would hardly decide";
  }

  private static Interval scaled(Rate rate, int count) {
    return new Rate((int) Math.round(rate.share() * count), count).interval();
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.6f", value);
    return text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
  }
}
