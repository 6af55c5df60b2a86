/** The audit as the helper and the command line keep it, send it to syslog, and read it again. */
@NullMarked
package io.secretagent.bootstrap.audit;

import org.jspecify.annotations.NullMarked;
