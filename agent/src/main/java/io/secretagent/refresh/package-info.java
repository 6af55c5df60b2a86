/** What happens in the application's JVM when its secrets change while it runs. */
@NullMarked
package io.secretagent.refresh;

import org.jspecify.annotations.NullMarked;
