/** Attacks of our own, to see what a model can be led to say. No part of the API. */
@NullMarked
package io.sande.internal.attack;

import org.jspecify.annotations.NullMarked;
