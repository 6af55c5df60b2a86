/** Puts secrets where the application looks for them, in memory only. */
@NullMarked
package io.secretagent.inject;

import org.jspecify.annotations.NullMarked;
