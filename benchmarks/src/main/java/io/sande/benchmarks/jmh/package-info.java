/** Times of the parts by JMH: run {@code benchmarks/jmh}. */
@NullMarked
package io.sande.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
