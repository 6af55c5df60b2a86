/** What agents break, each under its name: a JVM with the agent must be the same JVM. */
@NullMarked
package io.secretagent.bootstrap.hazard;

import org.jspecify.annotations.NullMarked;
