@NullMarked
package io.secretagent.bootstrap;

import org.jspecify.annotations.NullMarked;
