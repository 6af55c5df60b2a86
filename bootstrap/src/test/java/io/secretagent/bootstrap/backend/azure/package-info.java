/** Azure Key Vault against a stand-in of the vault and of Azure's login. */
@NullMarked
package io.secretagent.bootstrap.backend.azure;

import org.jspecify.annotations.NullMarked;
