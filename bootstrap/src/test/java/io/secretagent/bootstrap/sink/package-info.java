/** Masking end to end: applications that log a secret in every way, in JVMs of their own with the packaged agent. */
@NullMarked
package io.secretagent.bootstrap.sink;

import org.jspecify.annotations.NullMarked;
