package io.secretagent.channel;

/** The constants of the channel's encoding. */
final class Wire {
    /** {@code SAgt}. Catches a JVM that printed to stdout before the helper took it. */
    static final int MAGIC = 0x53416774;

    static final int VERSION = 2;

    /** 64 MiB: far above any backend's largest secret, far below what would hurt. */
    static final int MAX_PAYLOAD = 64 << 20;

    static final int REQUEST = 1;
    static final int SETTINGS = 2;
    static final int TARGETS = 3;
    static final int FETCHED = 4;
    static final int MASKED = 5;
    static final int PROBLEM = 6;
    static final int END = 7;
    static final int CHANGED = 8;
    static final int APPLIED = 9;
    static final int REVOKED = 10;
    static final int NOTICE = 11;
    static final int ASK = 12;
    static final int ANSWERED = 13;
    static final int AUDITING = 20;
    static final int AUDITED = 21;

    static final int PROPERTY = 1;
    static final int ENVIRONMENT = 2;

    static final int KEEP = 1;
    static final int CLEAR = 2;
    static final int EXIT = 3;

    private Wire() {}
}
