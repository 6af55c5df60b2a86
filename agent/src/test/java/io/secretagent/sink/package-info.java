/** Tests of the sinks; whole applications are tested with the packaged agent, in the module {@code bootstrap}. */
@NullMarked
package io.secretagent.sink;

import org.jspecify.annotations.NullMarked;
