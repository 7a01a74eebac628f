package io.jenkins.plugins.cachepurge.freestyle;

import hudson.model.Result;
import java.util.Optional;
import org.jvnet.localizer.Localizable;

/** Effect of a failed operation on the build. */
public enum WhenFailed {
    FAILURE(Result.FAILURE, Messages._WhenFailed_failure()),
    UNSTABLE(Result.UNSTABLE, Messages._WhenFailed_unstable()),
    /** Only the console reports it, and the build continues. */
    LOG(null, Messages._WhenFailed_log());

    private final Result result;
    private final Localizable displayName;

    WhenFailed(Result result, Localizable displayName) {
        this.result = result;
        this.displayName = displayName;
    }

    /** Empty if the build's result stays as it is. */
    Optional<Result> result() {
        return Optional.ofNullable(result);
    }

    @Override
    public String toString() {
        return displayName.toString();
    }
}
