package io.jenkins.plugins.cachepurge.site;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.cdn.CdnProvider;
import io.jenkins.plugins.cachepurge.cdn.CdnProviderDescriptor;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.site.SiteHosts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Site with its caches, in the order from the origin to the visitor. Saved with running builds; contains no secret. */
public final class Site extends AbstractDescribableImpl<Site> implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,99}");

    private final String name;
    private final ArrayList<String> urls;
    private final ArrayList<CdnProvider> layers;
    private ArrayList<String> folders;

    /**
     * @param name letters, digits, {@code -} and {@code .}, beginning with a letter or digit
     * @param urls where visitors find it, such as https://www.example.org
     * @param layers the one next to the origin first
     */
    @DataBoundConstructor
    public Site(String name, List<String> urls, List<CdnProvider> layers) {
        this.name = name == null ? null : name.trim();
        this.urls = copy(urls);
        this.layers = copy(layers);
    }

    private static <T> ArrayList<T> copy(List<T> list) {
        return list == null ? new ArrayList<>() : new ArrayList<>(list);
    }

    public String getName() {
        return name;
    }

    public List<String> getUrls() {
        return urls == null ? List.of() : Collections.unmodifiableList(urls);
    }

    /** URLs, one per line, for the form. */
    public String getLines() {
        return String.join("\n", getUrls());
    }

    public List<CdnProvider> getLayers() {
        return layers == null ? List.of() : Collections.unmodifiableList(layers);
    }

    /** Full names of the folders whose jobs may purge it; null, or set to none, for all jobs. */
    public List<String> getFolders() {
        return folders == null ? null : Collections.unmodifiableList(folders);
    }

    @DataBoundSetter
    public void setFolders(List<String> folders) {
        this.folders = folders == null || folders.isEmpty()
                ? null
                : copy(folders.stream().map(Site::withoutSlashesAround).toList());
    }

    /** A full name begins and ends without one. */
    private static String withoutSlashesAround(String folder) {
        return folder.trim().replaceAll("^/+|/+$", "");
    }

    /** Folders, one per line, for the form. */
    public String getFolderLines() {
        return folders == null ? "" : String.join("\n", folders);
    }

    /** Where visitors find it. */
    public SiteHosts hosts() {
        return SiteHosts.of(getUrls());
    }

    /** Names of the layers, each once: the provider's symbol, with a number if there are several of one provider. */
    public List<String> layerNames() {
        List<String> names = new ArrayList<>();
        for (CdnProvider layer : getLayers()) {
            String symbol = layer.getDescriptor().symbolName();
            int number = 1;
            String unique = symbol;
            while (names.contains(unique)) {
                number++;
                unique = symbol + "-" + number;
            }
            names.add(unique);
        }
        return names;
    }

    /** Whether an administrator lets the jobs below a folder purge it. */
    boolean isFor(Item job) {
        return folders == null
                || folders.stream().anyMatch(folder -> job.getFullName().startsWith(folder + "/"));
    }

    /** The same site with the new name of a folder that was moved or renamed. */
    Site withFolderMoved(String from, String to) {
        if (folders == null) {
            return this;
        }
        Site moved = new Site(name, getUrls(), getLayers());
        moved.setFolders(folders.stream().map(folder -> moved(folder, from, to)).toList());
        return moved;
    }

    private static String moved(String folder, String from, String to) {
        return folder.equals(from) || folder.startsWith(from + "/") ? to + folder.substring(from.length()) : folder;
    }

    /** @throws InvalidInputException naming what cannot be used */
    void check() {
        checkName(name);
        hosts();
        if (getLayers().isEmpty() || getLayers().contains(null)) {
            throw new InvalidInputException("layers", LocalizedText.of("site.layers"));
        }
        if (getLayers().stream().anyMatch(SiteProvider.class::isInstance)) {
            throw new InvalidInputException("layers", LocalizedText.of("site.nested"));
        }
    }

    private static String checkName(String name) {
        return new InputField("name", name).matching(NAME, "site.name");
    }

    /** @throws InvalidSiteException for the first site that cannot be used, or that has the name of one before it */
    static void check(List<Site> sites) {
        List<String> names = new ArrayList<>();
        for (Site site : sites) {
            try {
                site.check();
                if (names.contains(site.name)) {
                    throw new InvalidInputException("name", LocalizedText.of("site.twice", site.name));
                }
            } catch (InvalidInputException e) {
                throw InvalidSiteException.of(site.name, names.size() + 1, e);
            }
            names.add(site.name);
        }
    }

    /**
     * Creates the sites of a form by their descriptor, which Stapler alone would not ask.
     *
     * @param rows null, one object, or an array of them
     * @throws InvalidSiteException for the first row that cannot be used
     */
    static List<Site> bind(StaplerRequest2 req, Object rows) throws Descriptor.FormException {
        Descriptor<?> descriptor = Jenkins.get().getDescriptorOrDie(Site.class);
        List<Site> sites = new ArrayList<>();
        for (Object row : rows == null ? List.of() : JSONArray.fromObject(rows)) {
            JSONObject form = (JSONObject) row;
            try {
                sites.add((Site) descriptor.newInstance(req, form));
            } catch (InvalidInputException e) {
                throw InvalidSiteException.of(form.optString("name"), sites.size() + 1, e);
            }
        }
        return sites;
    }

    @Extension
    @Symbol("site")
    public static final class DescriptorImpl extends Descriptor<Site> {

        private static final String URLS = "urls";
        private static final String FOLDERS = "folders";

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.Site_displayName();
        }

        /** Everything but other sites can be a layer. */
        public List<CdnProviderDescriptor> getLayerDescriptors() {
            return Jenkins.get().getDescriptorList(CdnProvider.class).stream()
                    .map(CdnProviderDescriptor.class::cast)
                    .filter(each -> each.clazz != SiteProvider.class)
                    .toList();
        }

        /** The form has texts with one value per line. */
        @Override
        public Site newInstance(StaplerRequest2 req, @NonNull JSONObject form) throws FormException {
            form.put(URLS, JSONArray.fromObject(InputField.nonBlankLines(form.optString(URLS))));
            JSONObject access = form.optJSONObject("access");
            form.remove("access");
            if (access != null && access.has(FOLDERS)) {
                form.put(FOLDERS, JSONArray.fromObject(folders(access.getString(FOLDERS))));
            }
            return (Site) super.newInstance(req, form);
        }

        /** Nothing would mean that all jobs may purge the site. */
        private static List<String> folders(String lines) {
            List<String> folders = InputField.nonBlankLines(lines);
            if (folders.isEmpty()) {
                throw new InvalidInputException(FOLDERS, LocalizedText.of("missing"));
            }
            return folders;
        }

        @POST
        public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> checkName(value));
        }

        @POST
        public FormValidation doCheckUrls(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> SiteHosts.of(InputField.nonBlankLines(value)));
        }

        /** The form of an administrator. */
        @POST
        public FormValidation doCheckFolders(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return InputField.nonBlankLines(value).stream()
                    .filter(folder -> Jenkins.get().getItemByFullName(folder) == null)
                    .findFirst()
                    .map(folder -> FormValidation.warning(Messages.Site_noFolder(folder)))
                    .orElseGet(FormValidation::ok);
        }
    }
}
