/** Work that must end in time. No part of the API. */
@NullMarked
package io.sande.internal.budget;

import org.jspecify.annotations.NullMarked;
