@NullMarked
package io.secretagent.bootstrap.guard;

import org.jspecify.annotations.NullMarked;
