/** Chat templates. */
@NullMarked
package io.sande.djl.jinja;

import org.jspecify.annotations.NullMarked;
