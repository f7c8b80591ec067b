/**
 * Examples as text: conversations and the files that hold them. Nothing here knows a token.
 *
 * <p>Start at {@link io.sande.data.Conversation}; {@link io.sande.data.Conversations} reads files.
 */
@NullMarked
package io.sande.data;

import org.jspecify.annotations.NullMarked;
