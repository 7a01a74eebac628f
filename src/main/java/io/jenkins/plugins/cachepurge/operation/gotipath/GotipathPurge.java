package io.jenkins.plugins.cachepurge.operation.gotipath;

import io.jenkins.plugins.cachepurge.client.gotipath.GotipathClient;
import io.jenkins.plugins.cachepurge.client.gotipath.GotipathClient.Accepted;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.operation.Advice;
import io.jenkins.plugins.cachepurge.operation.Finished;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.Subject;
import io.jenkins.plugins.cachepurge.operation.Turn;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Purges a Gotipath distribution, one request after the other. Gotipath takes a purge and never says when it is done.
 *
 * @param accepted how many of the requests were taken so far
 */
public record GotipathPurge(Wish wish, int accepted) implements Operation<PurgeResult> {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "gotipath";

    /**
     * What is wanted.
     *
     * @param type the service's word for how chosen paths are meant
     */
    public record Wish(GotipathClient client, String distributionId, String type, Batches batches)
            implements Serializable {}

    public GotipathPurge(Wish wish) {
        this(wish, 0);
    }

    /**
     * The word for how chosen paths are meant.
     *
     * @throws InvalidInputException for the word that means everything, whatever paths stand beside it
     */
    public static String pathType(String text) {
        String type = new Input("type", text).required();
        if (type.equalsIgnoreCase(GotipathClient.TYPE_ALL)) {
            throw new InvalidInputException("type", Advice.of("gotipath.typeAll", type));
        }
        return type;
    }

    /** "Gotipath CDN purge of distribution …". */
    public static Subject subject(String distributionId) {
        return new Subject(GotipathClient.SERVICE, "purge", "distribution " + distributionId);
    }

    @Override
    public Subject subject() {
        return subject(wish.distributionId());
    }

    @Override
    public Optional<Serializable> unchanging() {
        return Optional.of(wish.batches().what());
    }

    @Override
    public Turn<PurgeResult> turn() {
        return Turn.ask(call(), answer -> next());
    }

    private ApiCall<Accepted> call() {
        return wish.batches().what() instanceof PurgeSelection.Everything
                ? wish.client().purgeAll(wish.distributionId())
                : wish.client()
                        .purge(
                                wish.distributionId(),
                                wish.type(),
                                wish.batches().paths(accepted));
    }

    private Operation<PurgeResult> next() {
        int now = accepted + 1;
        return now < wish.batches().count() ? new GotipathPurge(wish, now) : new Finished<>(subject(), result());
    }

    private PurgeResult result() {
        List<PurgeResult.Request> requests = IntStream.range(0, wish.batches().count())
                .mapToObj(i -> new PurgeResult.Request(
                        null, PurgeResult.ACCEPTED, wish.batches().paths(i).size()))
                .toList();
        return new PurgeResult(
                PROVIDER,
                wish.distributionId(),
                PurgeResult.ACCEPTED,
                wish.batches().what(),
                requests);
    }
}
