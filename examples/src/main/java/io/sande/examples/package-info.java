/**
 * Programs to run and to read: {@link io.sande.examples.Quickstart} shows what the library does,
 * {@link io.sande.examples.RemoveBackdoor} how it is called, {@link io.sande.examples.AlignService}
 * how a service that fine-tunes stays safe.
 */
@NullMarked
package io.sande.examples;

import org.jspecify.annotations.NullMarked;
