/** Looks for new versions for as long as the application lives, and sends what has changed. */
@NullMarked
package io.secretagent.bootstrap.refresh;

import org.jspecify.annotations.NullMarked;
