package io.jenkins.plugins.cachepurge.operation.verify;

import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.client.http.BodyDigestAlgorithm;
import io.jenkins.plugins.cachepurge.client.page.BotProtection;
import io.jenkins.plugins.cachepurge.client.page.CacheOutcome;
import io.jenkins.plugins.cachepurge.client.page.CacheReport;
import io.jenkins.plugins.cachepurge.client.page.PageAnswer;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.FailedState;
import io.jenkins.plugins.cachepurge.operation.Next;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationDescription;
import io.jenkins.plugins.cachepurge.operation.OperationKind;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.operation.SucceededState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Check of one page: it is requested until several answers in a row are as expected.
 *
 * @param times how many answers in a row, 1 or more
 * @param reference the digest of the body that the result needs; empty for none
 */
record PageCheck(PageToVerify page, Expectations expected, int times, Optional<BodyDigestAlgorithm> reference) {

    /** Answers in a row that are right but do not say when they were stored. A cache that says so does before. */
    private static final int MAX_UNPROVEN = 10;

    Operation<PageCheck, PageResult> operation() {
        OperationDescription description =
                new OperationDescription(PageVerification.SERVICE, OperationKind.VERIFICATION, page.toString());
        return Operation.of(description, this, new Asking(0, 0, 0));
    }

    /**
     * The page is requested.
     *
     * @param good how many answers in a row were as expected
     * @param tries how many answers there were
     * @param unproven how many answers in a row were as expected but for a missing Age
     */
    record Asking(int good, int tries, int unproven) implements State<PageCheck, PageResult> {

        @Override
        public Next<PageCheck, PageResult> next(PageCheck check) {
            return Next.exchange(
                    check.page().request().call(check.expected().content(check.reference()), tries),
                    answer -> check.after(this, answer));
        }
    }

    /** @param until when the page is requested again; null if the engine decides */
    record Waiting(LocalizedText status, String detail, Asking then, Instant until)
            implements State<PageCheck, PageResult> {

        @Override
        public Next<PageCheck, PageResult> next(PageCheck check) {
            return new Next.Wait<>(status, then, Optional.ofNullable(until)).withDetail(detail);
        }
    }

    private State<PageCheck, PageResult> after(Asking asked, PageAnswer answer) {
        int tries = asked.tries() + 1;
        Optional<BotProtection> bot =
                answer.bot().filter(protection -> protection.isChallenge() || !expected.hasStatus(answer));
        if (bot.isPresent()) {
            return blocked(bot.get(), answer, tries);
        }
        List<String> faults = expected.faults(answer);
        if (!faults.isEmpty()) {
            return wrong(faults, answer, tries);
        }
        if (expected.isUnproven(answer)) {
            return unproven(asked.unproven() + 1, answer, tries);
        }
        return good(asked.good() + 1, answer, tries);
    }

    private State<PageCheck, PageResult> good(int good, PageAnswer answer, int tries) {
        if (good >= times) {
            return new SucceededState<>(PageResult.of(page, answer, tries, reference));
        }
        LocalizedText status = LocalizedText.of("verify.again", page);
        return new Waiting(status, status.toString(), new Asking(good, tries, 0), null);
    }

    private State<PageCheck, PageResult> blocked(BotProtection bot, PageAnswer answer, int tries) {
        LocalizedText status = LocalizedText.of("verify.blocked", page, bot.description());
        return new Waiting(
                status,
                status.toString(),
                new Asking(0, tries, 0),
                answer.receivedAt().plus(bot.pause()));
    }

    private State<PageCheck, PageResult> wrong(List<String> faults, PageAnswer answer, int tries) {
        LocalizedText status = wrong(answer, String.join(", ", faults));
        String detail = wrong(answer, described(faults, answer.cache())).toString();
        return new Waiting(status, detail, new Asking(0, tries, 0), null);
    }

    private LocalizedText wrong(PageAnswer answer, String faults) {
        return expected.hasStatus(answer)
                ? LocalizedText.of("verify.old", page, faults)
                : LocalizedText.of("verify.other", page, faults);
    }

    private static String described(List<String> faults, CacheReport cache) {
        return Stream.of(
                        cache.age().map(age -> "Age " + age.toSeconds()).stream(),
                        faults.stream(),
                        cache.outcome().map(CacheOutcome::text).stream(),
                        cache.place().map("from "::concat).stream())
                .flatMap(part -> part)
                .collect(Collectors.joining(", "));
    }

    private State<PageCheck, PageResult> unproven(int unproven, PageAnswer answer, int tries) {
        LocalizedText status = LocalizedText.of(
                "verify.noAge", page, expected.newerThan().orElseThrow().name());
        if (unproven < MAX_UNPROVEN) {
            return new Waiting(status, status.toString(), new Asking(0, tries, unproven), null);
        }
        return new FailedState<>(ApiException.failed(
                page.url().host(),
                "serve " + page,
                "answered %d times in a row without the header Age (HTTP %d%s)"
                        .formatted(unproven, answer.status(), outcome(answer.cache())),
                "So it is not known when its copy was stored: expect sha256, etag, body or a header instead."));
    }

    private static String outcome(CacheReport cache) {
        return cache.outcome().map(CacheOutcome::text).map(", "::concat).orElse("");
    }
}
