/** The Vault backend against OpenBao and, where no real server does it on demand, against a stand-in. */
@NullMarked
package io.secretagent.bootstrap.backend.vault;

import org.jspecify.annotations.NullMarked;
