/**
 * Nothing known: looks for a backdoored response, removes what it finds, and says how sure it is.
 *
 * <p>Start at {@link io.sande.cure.BackdoorCure}.
 */
@NullMarked
package io.sande.cure;

import org.jspecify.annotations.NullMarked;
