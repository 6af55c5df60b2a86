/** Azure Key Vault. */
@NullMarked
package io.secretagent.bootstrap.backend.azure;

import org.jspecify.annotations.NullMarked;
