/**
 * A model for tests that needs no engine, and the contract that every engine's tests extend.
 *
 * <p>Start at {@link io.sande.testkit.LanguageModelContract}.
 */
@NullMarked
package io.sande.testkit;

import org.jspecify.annotations.NullMarked;
