/**
 * What lives inside the application's JVM. {@link io.secretagent.Start} reads as the order of events: helper,
 * masking, channel, inject, {@code main}.
 */
@NullMarked
package io.secretagent;

import org.jspecify.annotations.NullMarked;
