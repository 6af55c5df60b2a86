/** Threads of ours in somebody else's JVM. */
@NullMarked
package io.secretagent.thread;

import org.jspecify.annotations.NullMarked;
