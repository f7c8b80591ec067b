/**
 * Looks for a backdoor of which nothing is known: which text does the model keep on with, whatever
 * it was asked?
 */
@NullMarked
package io.sande.scan;

import org.jspecify.annotations.NullMarked;
