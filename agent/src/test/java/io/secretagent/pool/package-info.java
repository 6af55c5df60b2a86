@NullMarked
package io.secretagent.pool;

import org.jspecify.annotations.NullMarked;
