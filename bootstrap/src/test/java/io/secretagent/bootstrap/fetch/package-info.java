@NullMarked
package io.secretagent.bootstrap.fetch;

import org.jspecify.annotations.NullMarked;
