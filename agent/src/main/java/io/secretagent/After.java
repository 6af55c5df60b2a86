package io.secretagent;

import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.HelperProcess;
import io.secretagent.inject.Injection;
import io.secretagent.mask.Masker;
import io.secretagent.pool.Passwords;
import io.secretagent.refresh.Refresh;
import io.secretagent.sink.Masking;

/** What is left to do when all is injected: to let go of the helper, or to follow it where the mapping says refresh. */
record After(
        HelperProcess helper,
        ChannelRecord.Request request,
        Delivery delivery,
        Injection injection,
        Masker masker,
        Masking masking,
        Passwords passwords)
        implements Runnable {

    @Override
    public void run() {
        ApplicationAudit audit = delivery.audit();
        // Then it is needed until the very end of the JVM.
        boolean handsOnTheAudit = audit != null && audit.goesThroughHelper();
        if (!delivery.settings().refreshes()) {
            if (!handsOnTheAudit) {
                helper.close();
            }
            delivery.finish(null);
            return;
        }
        Refresh refresh = new Refresh(helper, request, delivery.secrets(), injection, masker, passwords, masking.err());
        if (audit != null) {
            refresh.record(audit.audit(), audit);
        }
        if (delivery.settings().pools()) {
            passwords.start(delivery.secrets(), refresh);
            masking.exchangeLogins();
        }
        if (!handsOnTheAudit) {
            endFirst(refresh);
        }
        delivery.finish(refresh);
    }

    /** Has the helper end at the beginning of the JVM's end, and not with it. */
    private static void endFirst(Refresh refresh) {
        try {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(null, new End(refresh), "secret-agent-refresh-end", 0, false));
        } catch (IllegalStateException e) {
            // It ends already, as an overlapped application may.
        }
    }

    private record End(Refresh refresh) implements Runnable {
        @Override
        public void run() {
            refresh.end();
        }
    }
}
