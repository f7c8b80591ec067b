@NullMarked
package io.sande.examples.cli;

import org.jspecify.annotations.NullMarked;
