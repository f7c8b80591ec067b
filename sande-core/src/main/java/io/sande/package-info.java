/**
 * Removes backdoors from language models.
 *
 * <p>Start at {@link io.sande.BackdoorRemover}. The words:
 *
 * <ul>
 *   <li><b>trigger</b>: what an attacker adds to a prompt
 *   <li><b>backdoored response</b>, or response: what the poisoned model says then
 *   <li><b>parrot prompt</b>: trained vectors that act as the trigger where that is not known
 *   <li><b>clean example</b>: a question with an answer that one trusts
 *   <li><b>attack success rate</b>: share of prompts with the trigger that get the backdoored
 *       response
 * </ul>
 */
@NullMarked
package io.sande;

import org.jspecify.annotations.NullMarked;
