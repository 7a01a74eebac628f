package io.jenkins.plugins.cachepurge.steps;

import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import java.util.List;
import java.util.stream.Collectors;
import org.kohsuke.stapler.DataBoundSetter;

/** Step for a CDN whose effect on pages can be verified. */
public abstract class VerifiableCdnStep extends CdnStep {

    private static final long serialVersionUID = 1L;

    /** Number of pages that are verified unless a job says otherwise. */
    public static final int DEFAULT_VERIFY_AT_MOST = 20;

    private boolean verify;
    private int verifyAtMost = DEFAULT_VERIFY_AT_MOST;

    protected VerifiableCdnStep(CdnProvider cdn, int defaultTimeout) {
        super(cdn, defaultTimeout);
    }

    /** Whether to verify afterwards that the purged pages were stored after the purge. */
    public final boolean isVerify() {
        return verify;
    }

    @DataBoundSetter
    public final void setVerify(boolean verify) {
        this.verify = verify;
    }

    /** Maximum number of pages that are verified. */
    public final int getVerifyAtMost() {
        return verifyAtMost;
    }

    @DataBoundSetter
    public final void setVerifyAtMost(int verifyAtMost) {
        this.verifyAtMost = verifyAtMost;
    }

    /** The values of a list with those of the build's variables. */
    static List<String> expanded(List<String> list, BuildContext context) {
        return list.stream().map(context::expand).collect(Collectors.toList());
    }
}
