package io.jenkins.plugins.cachepurge.operation.gotipath;

import io.jenkins.plugins.cachepurge.client.gotipath.GotipathClient;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.purge.Batches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeRequests;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeTally;
import java.util.List;

/**
 * Purge of a Gotipath distribution. Gotipath accepts it and never reports its end.
 *
 * @param type the service's value for paths
 */
public record GotipathPurge(GotipathClient client, String distributionId, String type, Batches batches)
        implements PurgeRequests {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "gotipath";

    /**
     * The type of paths.
     *
     * @throws InvalidInputException for the type that selects everything
     */
    public static String pathType(String text) {
        String type = new InputField("type", text).required();
        if (type.equalsIgnoreCase(GotipathClient.TYPE_ALL)) {
            throw new InvalidInputException("type", LocalizedText.of("gotipath.typeAll", type));
        }
        return type;
    }

    /** "Gotipath CDN purge of distribution …". */
    @Override
    public OperationDescription description() {
        return OperationDescription.purge(
                GotipathClient.SERVICE, LocalizedText.of("target.distribution", distributionId));
    }

    @Override
    public PurgeSelection selection() {
        return batches.selection();
    }

    @Override
    public int requestCount() {
        return batches.count();
    }

    @Override
    public int valueCount(int index) {
        return batches.size(index);
    }

    @Override
    public ApiCall<PurgeResult.RequestResult> request(int index) {
        return selection().isAll()
                ? client.purgeAll(distributionId).map(taken -> PurgeResult.RequestResult.accepted(0))
                : purge(batches.batch(index));
    }

    private ApiCall<PurgeResult.RequestResult> purge(List<String> paths) {
        return client.purge(distributionId, type, paths).map(taken -> PurgeResult.RequestResult.accepted(paths.size()));
    }

    @Override
    public PurgeResult result(PurgeTally tally) {
        return new PurgeResult(PROVIDER, distributionId, PurgeResult.ACCEPTED, selection(), tally);
    }
}
