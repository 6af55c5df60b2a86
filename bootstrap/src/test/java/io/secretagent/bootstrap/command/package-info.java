/** The commands, from the outside. */
@NullMarked
package io.secretagent.bootstrap.command;

import org.jspecify.annotations.NullMarked;
