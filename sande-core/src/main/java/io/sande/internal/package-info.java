/** Not part of the API: may change in any release. */
@NullMarked
package io.sande.internal;

import org.jspecify.annotations.NullMarked;
