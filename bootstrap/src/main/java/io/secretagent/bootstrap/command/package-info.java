/** The commands of the command line and of the helper process. */
@NullMarked
package io.secretagent.bootstrap.command;

import org.jspecify.annotations.NullMarked;
