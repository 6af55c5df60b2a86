/** What talks to the backends: the command line, and the helper process that the agent starts. */
@NullMarked
package io.secretagent.bootstrap;

import org.jspecify.annotations.NullMarked;
