package io.secretagent;

import java.lang.instrument.Instrumentation;

/** The agent. */
public final class SecretAgent {

    public static void premain(String arguments, Instrumentation instrumentation) {}

    private SecretAgent() {}
}
