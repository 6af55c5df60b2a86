package io.secretagent.bootstrap.command.draft;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a draft.
 *
 * @param name with the selection of a key, as the mapping writes it
 * @param property ends with {@code .*} for all keys
 * @param variable ends with {@code _*} for all keys
 * @param base64 whether the value is no text
 * @param remark what the owner should know, or null
 */
record Proposal(
        String name,
        String property,
        String variable,
        boolean base64,
        @Nullable String remark) {}
