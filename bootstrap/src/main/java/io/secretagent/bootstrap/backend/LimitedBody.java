package io.secretagent.bootstrap.backend;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A body up to a length, and an error in the place of a longer one. */
final class LimitedBody<T> implements BodySubscriber<T> {
    /** As the limit of a file. Vault takes requests of 32 MiB, but its stores entries of 1 MiB; the others take less. */
    private static final long LONGEST = 16L << 20;

    private final BodySubscriber<T> body;
    private Flow.@Nullable Subscription subscription;
    private long length;

    LimitedBody(BodySubscriber<T> body) {
        this.body = body;
    }

    @Override
    public CompletionStage<T> getBody() {
        return body.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        body.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> more) {
        for (ByteBuffer buffer : more) {
            length += buffer.remaining();
        }
        if (length <= LONGEST) {
            body.onNext(more);
        } else if (subscription != null) {
            subscription.cancel();
            subscription = null;
            body.onError(new TooLongException());
        }
    }

    @Override
    public void onError(Throwable fault) {
        body.onError(fault);
    }

    @Override
    public void onComplete() {
        body.onComplete();
    }
}
