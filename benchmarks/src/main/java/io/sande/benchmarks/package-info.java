/** Programs that measure the engine beside the Python peer, in one run and on the same work. */
@NullMarked
package io.sande.benchmarks;

import org.jspecify.annotations.NullMarked;
