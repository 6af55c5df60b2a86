package io.secretagent;

import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.HelperProcess;
import io.secretagent.channel.Target;
import io.secretagent.inject.Injection;
import io.secretagent.inject.Overlay;
import io.secretagent.mask.Masker;
import io.secretagent.pool.DriverConnects;
import io.secretagent.pool.Passwords;
import io.secretagent.sink.Injected;
import io.secretagent.sink.Masking;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The start of the agent: helper, masking, channel, inject, and then the application's {@code main}, or main before inject
 * where the mapping says {@code startup: overlap}. Takes what {@link SecretAgent#premain} does.
 */
public final class Start implements BiConsumer<@Nullable String, Instrumentation> {

    @Override
    public void accept(@Nullable String argument, Instrumentation instrumentation) {
        try {
            if (ThisJvm.isMeant()) {
                ThisJvm.requireNoCheckpoint();
                start(ThisJvm.mapping(argument), instrumentation);
            }
        } catch (StartFailure failure) {
            ThisJvm.end(failure, System.err);
        } catch (IOException | ReflectiveOperationException defect) {
            ThisJvm.end(StartFailure.defect(defect), System.err);
        }
    }

    private static void start(String mapping, Instrumentation instrumentation)
            throws StartFailure, IOException, ReflectiveOperationException {
        Injection injection = new Injection(System.getProperties(), System.getenv());
        try {
            ChannelRecord.Request request = HelperProcess.request(mapping, injection.givenProperties());
            HelperProcess helper = HelperProcess.start(request, instrumentation);
            Masker masker = new Masker();
            Passwords passwords = new Passwords();
            Masking masking =
                    Masking.install(instrumentation, masker, injected(injection), new DriverConnects(passwords));
            Delivery delivery = Delivery.start(helper, masker, masking.err());
            Masker.prepare();
            Set<Target> names = delivery.names();
            ApplicationAudit audit = delivery.audit();
            if (audit != null) {
                injection.record(audit.audit(), audit.reads());
                audit.showIn(instrumentation);
            }
            if (!delivery.settings().maskStdout()) {
                masking.passStdout();
            }
            showEnvironment(masking, names);
            ThisJvm.tell(injection.maskWinners(names, masker), System.err);
            After after = new After(helper, request, delivery, injection, masker, masking, passwords);
            if (delivery.settings().overlap()) {
                Overlap.begin(names, delivery, injection, masking, after);
            } else {
                delivery.end();
                ThisJvm.tell(delivery.inject(injection), System.err);
                after.run();
            }
        } catch (HelperProcess.FailedException failed) {
            throw StartFailure.of(failed);
        } catch (Masking.FailedException failed) {
            throw StartFailure.of(70, failed.line());
        }
    }

    private static Injected injected(Injection injection) {
        Overlay overlay = injection.overlay();
        return new Injected(
                overlay.variable(),
                overlay.all(),
                overlay.childs(),
                overlay.childsWithout(),
                injection.read(),
                injection.isRead());
    }

    private static void showEnvironment(Masking masking, Set<Target> targets) throws Masking.FailedException {
        boolean any = false;
        boolean inherited = false;
        for (Target target : targets) {
            any |= target.kind() == Target.Kind.ENVIRONMENT;
            inherited |= target.inherit();
        }
        if (any) {
            masking.showEnvironment(inherited);
        }
    }
}
