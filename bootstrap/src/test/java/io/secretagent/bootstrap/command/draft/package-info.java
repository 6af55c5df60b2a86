@NullMarked
package io.secretagent.bootstrap.command.draft;

import org.jspecify.annotations.NullMarked;
