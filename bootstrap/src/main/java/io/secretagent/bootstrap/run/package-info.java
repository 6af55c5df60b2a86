/**
 * A child process and what its parent owes it on a system with signals: output that is masked on its way, signals
 * handed on, orphans reaped. What Java has no API for is called in the C library; Linux with 64 bits only.
 */
@NullMarked
package io.secretagent.bootstrap.run;

import org.jspecify.annotations.NullMarked;
