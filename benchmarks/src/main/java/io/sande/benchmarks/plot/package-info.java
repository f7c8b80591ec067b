/** Line charts as SVG, written by hand: {@link io.sande.benchmarks.plot.Chart}. */
@NullMarked
package io.sande.benchmarks.plot;

import org.jspecify.annotations.NullMarked;
