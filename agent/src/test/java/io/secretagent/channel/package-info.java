@NullMarked
package io.secretagent.channel;

import org.jspecify.annotations.NullMarked;
