package io.jenkins.plugins.cachepurge.operation.gotipath;

import io.jenkins.plugins.cachepurge.client.gotipath.GotipathClient;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.operation.Advice;
import io.jenkins.plugins.cachepurge.operation.Input;
import io.jenkins.plugins.cachepurge.operation.InvalidInputException;
import io.jenkins.plugins.cachepurge.operation.Subject;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgePlan;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import java.util.List;

/**
 * Purges a Gotipath distribution. Gotipath takes a purge and never says when it is done.
 *
 * @param type the service's word for how chosen paths are meant
 */
public record GotipathPurge(GotipathClient client, String distributionId, String type, Batches batches)
        implements PurgePlan {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "gotipath";

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
    @Override
    public Subject subject() {
        return new Subject(GotipathClient.SERVICE, "purge", "distribution " + distributionId);
    }

    @Override
    public PurgeSelection what() {
        return batches.what();
    }

    @Override
    public int requests() {
        return batches.count();
    }

    @Override
    public ApiCall<PurgeResult.Request> request(int number) {
        return what() instanceof PurgeSelection.Everything
                ? client.purgeAll(distributionId).as(taken -> PurgeResult.Request.accepted(0))
                : purge(batches.values(number));
    }

    private ApiCall<PurgeResult.Request> purge(List<String> paths) {
        return client.purge(distributionId, type, paths).as(taken -> PurgeResult.Request.accepted(paths.size()));
    }

    @Override
    public PurgeResult result(List<PurgeResult.Request> requests) {
        return new PurgeResult(PROVIDER, distributionId, PurgeResult.ACCEPTED, what(), requests);
    }
}
