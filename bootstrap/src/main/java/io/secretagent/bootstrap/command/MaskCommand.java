package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.audit.Recording;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.fetch.Credentials;
import io.secretagent.bootstrap.fetch.Fetch;
import io.secretagent.bootstrap.fetch.Resolution;
import io.secretagent.bootstrap.fetch.Targets;
import io.secretagent.bootstrap.mapping.InvalidMappingException;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.MappingParser;
import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import io.secretagent.mask.Masker;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code secret-agent mask}: a filter that puts masks in the place of a mapping's secrets. */
@Command(
        name = "mask",
        description = {
            "Copy standard input to standard output, with a mask in the place of each secret of the mapping.",
            "Nothing is copied if a secret cannot be fetched."
        },
        footer = {"", "Example: ./deploy.sh 2>&1 | secret-agent mask --mapping secrets.yaml"},
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Version.class)
final class MaskCommand implements Callable<Integer> {
    private static final int INVALID_MAPPING = 78;

    private final Map<String, String> environment = System.getenv();
    private final Masker masker = new Masker();

    @Mixin
    private final MappingOption mapping = new MappingOption();

    @Override
    public Integer call() {
        Mapping parsed;
        try {
            parsed = new MappingParser(environment).parse(mapping.path(environment));
        } catch (InvalidMappingException e) {
            Terminal.tell(e.problems());
            return INVALID_MAPPING;
        }
        Terminal.tell(parsed.warnings());
        masker.configure(
                parsed.options().mask().replacement(), parsed.options().mask().minLength());
        try (Recording recording = Recording.ofCommand(parsed.options().audit(), "mask")) {
            recording.listenTo(masker);
            int failed = register(parsed, recording);
            return failed != 0 ? failed : StandardInput.copyMasked(masker);
        }
    }

    /** Makes everything known to the masker that the agent would; returns the exit code of what failed, or 0. */
    private int register(Mapping mapping, Recording recording) {
        for (ChannelRecord.Masked credential : Credentials.in(environment)) {
            add(credential.name(), credential.value());
        }
        // The text is of another process. What this one was given says nothing about it, so that all is fetched, and
        // what wins there may be what was given here.
        for (Target target : Targets.of(mapping)) {
            String given = target.kind() == Target.Kind.ENVIRONMENT ? environment.get(target.name()) : null;
            if (given != null) {
                add(target.name(), given);
            }
        }
        Resolution resolution;
        try (Fetch fetch = new Fetch(environment)) {
            resolution = Resolution.of(
                    mapping,
                    fetch.run(
                            mapping,
                            mapping.entries(),
                            Deadline.after(mapping.options().timeout())));
            recording.fetched(resolution, fetch);
        }
        for (ChannelRecord.Masked masked : resolution.masked()) {
            add(masked.name(), masked.value());
        }
        for (Secret secret : resolution.secrets()) {
            if (secret.masked()) {
                add(secret.name(), secret.value());
            }
        }
        for (ChannelRecord.Problem problem : resolution.problems()) {
            Terminal.tell(problem.line());
        }
        return ChannelRecord.Problem.gravest(resolution.problems());
    }

    private void add(String name, String value) {
        String refusal = masker.add(name, value);
        if (refusal != null) {
            Terminal.tell(refusal);
        }
    }
}
