/** HashiCorp Vault and OpenBao: logins through the driver, reads kept as the JSON that the server sent. */
@NullMarked
package io.secretagent.bootstrap.backend.vault;

import org.jspecify.annotations.NullMarked;
