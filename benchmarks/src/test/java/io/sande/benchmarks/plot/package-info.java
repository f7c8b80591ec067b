@NullMarked
package io.sande.benchmarks.plot;

import org.jspecify.annotations.NullMarked;
