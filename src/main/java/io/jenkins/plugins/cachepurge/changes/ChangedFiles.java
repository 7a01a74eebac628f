package io.jenkins.plugins.cachepurge.changes;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.forms.EmptyFormNumbers;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.manifest.PageLayout;
import java.io.Serializable;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** {@code changedFiles('dist')}: the files of a directory of the workspace that differ from what was last purged. */
public final class ChangedFiles extends AbstractDescribableImpl<ChangedFiles> implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String dir;

    // Null for the default, as in a config.xml without it.
    private String base;
    private String url;
    private String include;
    private String exclude;
    private String index;
    private Integer foldAbove;
    private String first;
    private Boolean purgeNew;
    private boolean allowMassDelete;
    private boolean trustTimes;

    /** @param dir a directory, relative to that of the step */
    @DataBoundConstructor
    public ChangedFiles(String dir) {
        this.dir = dir;
    }

    public String getDir() {
        return dir;
    }

    /** Path of the directory's files at the site, from its root. */
    public String getBase() {
        return base == null ? DescriptorImpl.DEFAULT_BASE : base;
    }

    @DataBoundSetter
    public void setBase(String base) {
        this.base = base;
    }

    /** Scheme and host where visitors find the files; null if the CDN purges by paths. */
    public String getUrl() {
        return url;
    }

    @DataBoundSetter
    public void setUrl(String url) {
        this.url = Util.fixEmptyAndTrim(url);
    }

    /** Ant patterns of the files, separated by commas; null for all. */
    public String getInclude() {
        return include;
    }

    @DataBoundSetter
    public void setInclude(String include) {
        this.include = Util.fixEmptyAndTrim(include);
    }

    /** Ant patterns of files that are ignored, separated by commas; null for none. */
    public String getExclude() {
        return exclude;
    }

    @DataBoundSetter
    public void setExclude(String exclude) {
        this.exclude = Util.fixEmptyAndTrim(exclude);
    }

    /** Name of the file that is also served as its directory; empty for none. */
    public String getIndex() {
        return index == null ? DescriptorImpl.DEFAULT_INDEX : index;
    }

    @DataBoundSetter
    public void setIndex(String index) {
        this.index = Util.fixNull(index).trim();
    }

    /** Number of pages above which directories are purged instead, 1 to 1,000,000. */
    public int getFoldAbove() {
        return foldAbove == null ? DescriptorImpl.DEFAULT_FOLD_ABOVE : foldAbove;
    }

    @DataBoundSetter
    public void setFoldAbove(int foldAbove) {
        this.foldAbove = foldAbove;
    }

    /** What to purge if nothing was purged before: {@code all}, {@code nothing} or {@code fail}. */
    public String getFirst() {
        return first == null ? FirstPurge.ALL.parameter() : first;
    }

    @DataBoundSetter
    public void setFirst(String first) {
        this.first = first;
    }

    /** Whether to purge the pages of new files, too: a cache may have stored that they were not found. */
    public boolean isPurgeNew() {
        return purgeNew == null || purgeNew;
    }

    @DataBoundSetter
    public void setPurgeNew(boolean purgeNew) {
        this.purgeNew = purgeNew;
    }

    /** Whether more than half of the files may be gone. */
    public boolean isAllowMassDelete() {
        return allowMassDelete;
    }

    @DataBoundSetter
    public void setAllowMassDelete(boolean allowMassDelete) {
        this.allowMassDelete = allowMassDelete;
    }

    /** Whether a file with the same size, time and inode as in the build before counts as unchanged. */
    public boolean isTrustTimes() {
        return trustTimes;
    }

    @DataBoundSetter
    public void setTrustTimes(boolean trustTimes) {
        this.trustTimes = trustTimes;
    }

    /**
     * Checks the parameters. Does no I/O.
     *
     * @throws io.jenkins.plugins.cachepurge.input.InvalidInputException naming the parameter that cannot be used
     */
    public ChangesSpec check(BuildContext context) {
        return ChangesSpec.of(this, context);
    }

    @Extension
    @Symbol("changedFiles")
    public static final class DescriptorImpl extends Descriptor<ChangedFiles> {

        public static final String DEFAULT_BASE = "/";
        public static final String DEFAULT_INDEX = "index.html";
        public static final int DEFAULT_FOLD_ABOVE = 100;

        public String getDefaultBase() {
            return DEFAULT_BASE;
        }

        public String getDefaultIndex() {
            return DEFAULT_INDEX;
        }

        public int getDefaultFoldAbove() {
            return DEFAULT_FOLD_ABOVE;
        }

        static final int MAX_FOLD_ABOVE = 1_000_000;

        /** An empty field for a number stands for the default. */
        @Override
        public ChangedFiles newInstance(StaplerRequest2 req, @NonNull JSONObject form) throws FormException {
            EmptyFormNumbers.removeEmpty(clazz, form);
            return super.newInstance(req, form);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ChangedFiles_displayName();
        }

        /** The same for everybody. */
        @POST
        public ListBoxModel doFillFirstItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.ChangedFiles_firstAll(), FirstPurge.ALL.parameter()),
                    new ListBoxModel.Option(Messages.ChangedFiles_firstNothing(), FirstPurge.NOTHING.parameter()),
                    new ListBoxModel.Option(Messages.ChangedFiles_firstFail(), FirstPurge.FAIL.parameter()));
        }

        @POST
        public FormValidation doCheckDir(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> ChangesSpec.directory(value));
        }

        @POST
        public FormValidation doCheckBase(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> PageLayout.of(value, ""));
        }

        @POST
        public FormValidation doCheckIndex(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> PageLayout.of(DEFAULT_BASE, value.trim()));
        }

        @POST
        public FormValidation doCheckUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> ChangesSpec.origin(Util.fixEmptyAndTrim(value)));
        }

        @POST
        public FormValidation doCheckFoldAbove(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).checkNumber("foldAbove", value, 1, MAX_FOLD_ABOVE);
        }
    }
}
