/**
 * The record of what happens to secrets: {@linkplain io.secretagent.audit.AuditEvent events}, a line of JSON each, in a
 * {@linkplain io.secretagent.audit.Chain chain} for each process that writes and each place it writes to. The helper, the
 * command line and the application's JVM all write through it; it knows nothing of channels, masks and backends.
 */
@NullMarked
package io.secretagent.audit;

import org.jspecify.annotations.NullMarked;
