package io.jenkins.plugins.cachepurge.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.operation.verify.VerificationInput;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Step that purges a CDN; contains the options. */
public abstract class PurgingStep extends CdnStep {

    private static final long serialVersionUID = 1L;

    /** Number of pages that are verified unless a job says otherwise. */
    public static final int DEFAULT_VERIFY_AT_MOST = 20;

    private boolean soft;

    /** Null for the default, as in a config.xml without it. */
    private Boolean wait;

    private boolean dryRun;
    private boolean verify;

    /** Null for the default, as in a config.xml without it. */
    private Integer verifyAtMost;

    /** Whether to mark as stale instead of deleting. */
    public final boolean isSoft() {
        return soft;
    }

    @DataBoundSetter
    public final void setSoft(boolean soft) {
        this.soft = soft;
    }

    /** Whether to wait until the CDN reports the end, if it does. */
    public final boolean isWait() {
        return wait == null || wait;
    }

    @DataBoundSetter
    public final void setWait(boolean wait) {
        this.wait = wait;
    }

    /** Whether to check the parameters only, and send nothing. */
    public final boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public final void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
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
        return verifyAtMost == null ? DEFAULT_VERIFY_AT_MOST : verifyAtMost;
    }

    @DataBoundSetter
    public final void setVerifyAtMost(int verifyAtMost) {
        this.verifyAtMost = verifyAtMost;
    }

    /** Base of the descriptors of such steps. */
    public abstract static class PurgingDescriptor extends DescriptorBase {

        @POST
        public FormValidation doCheckVerifyAtMost(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).checkNumber("verifyAtMost", value, 1, VerificationInput.MAX_PAGES);
        }
    }
}
