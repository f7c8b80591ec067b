/**
 * One report of what was measured, what decides it, and what it cannot see.
 *
 * <p>Start at {@link io.sande.report.VerificationReport}. A {@link io.sande.report.Requirement}
 * asks for a {@link io.sande.report.Metric}; the verdict looks at the end of its 95 % interval that
 * speaks against it, never at the share alone. Nothing here calls a model clean: what was looked
 * for was found or not, and the report says with what sensitivity.
 */
@NullMarked
package io.sande.report;

import org.jspecify.annotations.NullMarked;
