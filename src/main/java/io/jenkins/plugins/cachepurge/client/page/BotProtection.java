package io.jenkins.plugins.cachepurge.client.page;

import io.jenkins.plugins.cachepurge.client.http.ApiResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Answer that says nothing about the page, since something in front of it kept the request out: it is neither the new
 * version nor the old one.
 *
 * @param description such as "HTTP 403, a challenge of Cloudflare"
 * @param pause how long to leave the server alone
 * @param isChallenge whether it says itself that it is no answer of the page
 * @see <a href="https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/">
 *     Cloudflare: detect a challenge page response</a>
 * @see <a href="https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-actions.html">AWS WAF:
 *     CAPTCHA and challenge actions</a>
 */
public record BotProtection(String description, Duration pause, boolean isChallenge) {

    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(15);

    /** A server that starts again refuses as well, and is soon there. */
    private static final Duration AFTER_UNAVAILABILITY = Duration.ofSeconds(5);

    private static final Duration MAX_PAUSE = Duration.ofMinutes(5);

    /** @return empty if the answer is that of the page */
    static Optional<BotProtection> in(ApiResponse answer) {
        return answer.header("cf-mitigated")
                .filter("challenge"::equals)
                .map(value -> challenge(answer, "a challenge of Cloudflare"))
                .or(() -> answer.header("x-amzn-waf-action").map(value -> challenge(answer, "a challenge of AWS WAF")))
                .or(() -> byStatus(answer));
    }

    private static Optional<BotProtection> byStatus(ApiResponse answer) {
        return switch (answer.status()) {
            case 401, 407 -> Optional.of(of(answer, "a login is required", AFTER_REFUSAL));
            case 403 -> Optional.of(of(answer, "perhaps bot protection", AFTER_REFUSAL));
            case 429 -> Optional.of(of(answer, "too many requests, or bot protection", AFTER_REFUSAL));
            case 503 -> Optional.of(of(answer, "the server is not available, or bot protection", AFTER_UNAVAILABILITY));
            default -> Optional.empty();
        };
    }

    private static BotProtection challenge(ApiResponse answer, String what) {
        BotProtection protection = of(answer, what, AFTER_REFUSAL);
        return new BotProtection(protection.description(), protection.pause(), true);
    }

    private static BotProtection of(ApiResponse answer, String what, Duration atLeast) {
        Duration asked = answer.longHeader("Retry-After")
                .filter(seconds -> seconds > 0 && seconds < MAX_PAUSE.toSeconds())
                .map(Duration::ofSeconds)
                .orElse(atLeast);
        return new BotProtection(
                "HTTP %d, %s".formatted(answer.status(), what), asked.compareTo(atLeast) > 0 ? asked : atLeast, false);
    }
}
