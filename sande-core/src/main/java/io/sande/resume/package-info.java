/**
 * Long work on a model that goes on after its process was killed.
 *
 * <p>Start at {@link io.sande.resume.Resumable}. A <b>run</b> is a series of calls of one model.
 * Its folder has a <b>journal</b> of all calls with their results, and the files of a <b>state</b>:
 * the weights, the adapter and the running training at one place of the journal, as far as they are
 * not those of the checkpoint.
 */
@NullMarked
package io.sande.resume;

import org.jspecify.annotations.NullMarked;
