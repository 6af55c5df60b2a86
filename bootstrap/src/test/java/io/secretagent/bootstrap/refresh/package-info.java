/** Secrets that change while the application lives. */
@NullMarked
package io.secretagent.bootstrap.refresh;

import org.jspecify.annotations.NullMarked;
