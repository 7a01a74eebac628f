package io.jenkins.plugins.cachepurge.operation.akamai;

import io.jenkins.plugins.cachepurge.client.akamai.AkamaiClient;
import io.jenkins.plugins.cachepurge.client.akamai.AkamaiNetwork;
import io.jenkins.plugins.cachepurge.client.akamai.AkamaiObjectType;
import io.jenkins.plugins.cachepurge.client.akamai.AkamaiPurgeResponse;
import io.jenkins.plugins.cachepurge.client.http.ApiCall;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.input.PrintableText;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.Parts;
import io.jenkins.plugins.cachepurge.operation.ResultList;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import io.jenkins.plugins.cachepurge.operation.purge.ByteLimitedBatches;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeOptions;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeResult;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeSelection;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeTally;
import io.jenkins.plugins.cachepurge.operation.purge.SelectionType;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Purge at Akamai. Akamai accepts it, estimates how long it takes, and never reports its end; so the end is when that time is
 * over.
 *
 * @param cpCodes what "everything" is
 * @param batches the objects of each request
 */
public record AkamaiPurge(
        AkamaiClient client,
        PurgeSelection selection,
        List<Long> cpCodes,
        PurgeOptions options,
        List<List<String>> batches) {

    /** The provider's symbol in a Jenkinsfile. */
    public static final String PROVIDER = "akamai";

    /** The status when the time is over that Akamai estimates. */
    private static final String DONE = "done";

    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9!#$%&'+./^_`|~-]{1,128}");
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9:._-]{1,128}");

    /** The body around the list. */
    private static final int REST_OF_BODY = 20;

    private static final int MAX_LIST_BYTES = AkamaiClient.MAX_BODY_BYTES - REST_OF_BODY;

    /**
     * The purge as an operation.
     *
     * @param cpCodes empty if the job names none
     * @throws InvalidInputException for a tag or URL that Akamai does not take, or "everything" without a CP code
     */
    public static Operation<AkamaiPurge, PurgeResult> of(
            AkamaiClient client, PurgeSelection selection, List<Long> cpCodes, PurgeOptions options) {
        if (selection.isAll() && cpCodes.isEmpty()) {
            throw new InvalidInputException("cpCodes", LocalizedText.of("akamai.cpCodes.missing"));
        }
        selection.values().forEach(value -> check(selection.type(), value));
        AkamaiPurge spec =
                new AkamaiPurge(client, selection, cpCodes, options, batches(type(selection), selection, cpCodes));
        return Operation.of(spec.description(), spec, new Submitting());
    }

    private static void check(SelectionType type, String value) {
        if (type == SelectionType.TAGS && !TAG.matcher(value).matches()) {
            throw new InvalidInputException(
                    type.parameter(), LocalizedText.of("akamai.tag", PrintableText.quote(value)));
        }
        if (!new ByteLimitedBatches(MAX_LIST_BYTES).fits(value)) {
            throw new InvalidInputException(
                    type.parameter(), LocalizedText.of("akamai.tooLong", PrintableText.quote(value)));
        }
    }

    private static List<List<String>> batches(AkamaiObjectType type, PurgeSelection selection, List<Long> cpCodes) {
        List<String> objects = selection.isAll()
                ? cpCodes.stream().map(code -> Long.toString(code)).toList()
                : selection.values();
        return new ByteLimitedBatches(MAX_LIST_BYTES, type.maxObjects()).of(objects);
    }

    private static AkamaiObjectType type(PurgeSelection selection) {
        return switch (selection.type()) {
            case URLS -> AkamaiObjectType.URL;
            case TAGS -> AkamaiObjectType.TAG;
            case ALL -> AkamaiObjectType.CPCODE;
            case PATHS, PREFIXES, HOSTS -> throw new IllegalStateException("not supported: " + selection.type());
        };
    }

    /** {@code production} or {@code staging}. */
    public static AkamaiNetwork network(String text) {
        String word = new InputField("network", text).required();
        return Arrays.stream(AkamaiNetwork.values())
                .filter(network -> network.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "network",
                        LocalizedText.of(
                                "order",
                                AkamaiNetwork.PRODUCTION.word(),
                                AkamaiNetwork.STAGING.word(),
                                PrintableText.quote(word))));
    }

    /** A number such as 123456. */
    public static long cpCode(String text) {
        return new InputField("cpCodes", text).asId();
    }

    /** The key of another account, such as {@code 1-ABCDE:1-2RBL}. */
    public static Optional<String> accountSwitchKey(String text) {
        return text == null || text.isBlank()
                ? Optional.empty()
                : Optional.of(new InputField("accountSwitchKey", text).matching(ACCOUNT, "akamai.accountSwitchKey"));
    }

    private OperationDescription description() {
        return OperationDescription.purge(
                AkamaiClient.SERVICE,
                LocalizedText.of("target.network", client.network().word()));
    }

    private ApiCall<AkamaiPurgeResponse> request(int index) {
        AkamaiObjectType type = type(selection);
        List<?> objects = type == AkamaiObjectType.CPCODE
                ? batches.get(index).stream().map(Long::valueOf).toList()
                : batches.get(index);
        return client.purge(type, objects, options.soft());
    }

    private PurgeResult result(String status, List<AkamaiPurgeResponse> responses) {
        PurgeTally tally = new PurgeTally();
        for (int index = 0; index < responses.size(); index++) {
            AkamaiPurgeResponse response = responses.get(index);
            int count = selection.isAll() ? 0 : response.count();
            tally.add(index, new PurgeResult.RequestResult(response.purgeId(), status, count));
        }
        return new PurgeResult(PROVIDER, client.network().word(), status, selection, tally);
    }

    private State<AkamaiPurge, PurgeResult> accepted(List<AkamaiPurgeResponse> responses) {
        if (!options.waitForCompletion()) {
            return new SucceededState<>(result(PurgeResult.ACCEPTED, responses));
        }
        AkamaiPurgeResponse last = responses.stream()
                .max(Comparator.comparing(AkamaiPurgeResponse::doneAt))
                .orElseThrow();
        return new Waiting(result(DONE, responses), last.doneAt(), last.estimatedSeconds());
    }

    /** Requests are being submitted. */
    private record Submitting() implements State<AkamaiPurge, PurgeResult> {

        @Override
        public Next<AkamaiPurge, PurgeResult> next(AkamaiPurge purge) {
            return new Next.RunParts<>(
                    new Submissions(purge),
                    ResultList<AkamaiPurgeResponse>::new,
                    responses -> purge.accepted(responses.inOrder()));
        }
    }

    /**
     * All requests were accepted.
     *
     * @param result once the time is over
     * @param seconds the estimate for the last of them
     */
    private record Waiting(PurgeResult result, Instant doneAt, int seconds) implements State<AkamaiPurge, PurgeResult> {

        @Override
        public Next<AkamaiPurge, PurgeResult> next(AkamaiPurge purge) {
            return new Next.Wait<>(
                    LocalizedText.of("akamai.accepted", purge.description().text(), seconds),
                    new SucceededState<>(result),
                    Optional.of(doneAt));
        }
    }

    /** A part for each request. */
    private record Submissions(AkamaiPurge purge) implements Parts<AkamaiPurgeResponse> {

        @Override
        public int count() {
            return purge.batches().size();
        }

        @Override
        public Operation<?, AkamaiPurgeResponse> create(int index) {
            return Operation.ofCall(purge.description(), purge.request(index));
        }

        @Override
        public LocalizedText purpose() {
            LocalizedText selected = purge.selection().text();
            LocalizedText target = purge.description().target();
            return purge.options().soft()
                    ? LocalizedText.of("purpose.markAsStale", selected, target)
                    : LocalizedText.of("purpose.purge", selected, target);
        }

        @Override
        public LocalizedText unit() {
            return purge.selection().isAll()
                    ? LocalizedText.of("unit.cpCodes")
                    : purge.selection().type().unit();
        }

        @Override
        public int units(int index) {
            return purge.batches().get(index).size();
        }
    }
}
