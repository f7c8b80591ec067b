/**
 * Programs to run and to read: {@link io.sande.examples.Quickstart} shows what the library does,
 * {@link io.sande.examples.RemoveBackdoor} how it is called.
 */
@NullMarked
package io.sande.examples;

import org.jspecify.annotations.NullMarked;
