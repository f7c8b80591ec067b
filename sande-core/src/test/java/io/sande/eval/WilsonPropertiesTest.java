package io.sande.eval;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class WilsonPropertiesTest {
  @Property(seed = "1")
  void theIntervalHoldsTheShareAndLiesInZeroToOne(
      @ForAll @IntRange(max = 5000) int hits, @ForAll @IntRange(max = 5000) int misses) {
    if (hits + misses > 0) {
      Rate rate = new Rate(hits, hits + misses);
      assertThat(rate.share()).isBetween(rate.interval().low(), rate.interval().high());
      assertThat(rate.interval().low()).isNotNegative();
      assertThat(rate.interval().high()).isLessThanOrEqualTo(1);
    }
  }

  @Property(seed = "1")
  void moreAnswersWithTheSameShareNarrowIt(
      @ForAll @IntRange(max = 500) int hits, @ForAll @IntRange(min = 1, max = 500) int misses) {
    Interval few = Wilson.interval(hits, hits + misses);
    Interval many = Wilson.interval(10 * hits, 10 * (hits + misses));
    assertThat(many.high() - many.low()).isLessThan(few.high() - few.low());
  }
}
