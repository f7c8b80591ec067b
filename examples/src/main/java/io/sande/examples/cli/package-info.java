/**
 * The {@code sande} command.
 *
 * <p>Start at {@link io.sande.examples.cli.Main}. A command is one class with its options and the
 * few lines that hand them to the library; options that several have are mixins. A new command is
 * such a class and its name in the list of {@code Main}.
 */
@NullMarked
package io.sande.examples.cli;

import org.jspecify.annotations.NullMarked;
