/** The records that cross from the helper process to the agent, their encoding, and the process itself. */
@NullMarked
package io.secretagent.channel;

import org.jspecify.annotations.NullMarked;
