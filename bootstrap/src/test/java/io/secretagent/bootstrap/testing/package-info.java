/** What the tests share: the JDKs of this machine, child JVMs with the agent, real servers and their provisioning. */
@NullMarked
package io.secretagent.bootstrap.testing;

import org.jspecify.annotations.NullMarked;
