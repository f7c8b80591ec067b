/** Backdoors of our own, planted to measure. No part of the API. */
@NullMarked
package io.sande.internal.planting;

import org.jspecify.annotations.NullMarked;
