/** The rehearsal of a fetch, of which the classes are kept: stores on this machine that hold nothing. */
@NullMarked
package io.secretagent.bootstrap.warm;

import org.jspecify.annotations.NullMarked;
