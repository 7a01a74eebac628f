package io.jenkins.plugins.cachepurge.forms;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.client.http.ApiException;
import io.jenkins.plugins.cachepurge.config.CachePurgeConfiguration;
import io.jenkins.plugins.cachepurge.config.FieldLabels;
import io.jenkins.plugins.cachepurge.config.OperationRuntime;
import io.jenkins.plugins.cachepurge.config.UrlApproval;
import io.jenkins.plugins.cachepurge.engine.CredentialsException;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.Stapler;
import org.springframework.security.core.Authentication;

/**
 * Form of a job: checks its fields, for users who have the permission.
 *
 * @param item the job; null for a form outside of jobs
 */
public record JobForm(Item item) {

    /** The URLs that may be entered: all outside of jobs, where only administrators are. */
    public UrlApproval urls() {
        return item == null ? UrlApproval.ANY : CachePurgeConfiguration.get();
    }

    /**
     * The credentials that the job could use; only the current ones for a user without the permission.
     *
     * @param apiUrl where they are sent; empty for the vendor's own
     */
    public ListBoxModel credentialsItems(Class<? extends StandardCredentials> type, String current, String apiUrl) {
        return credentialsItems(List.of(type), current, apiUrl);
    }

    /** The same for credentials of any of these types. */
    public ListBoxModel credentialsItems(
            List<Class<? extends StandardCredentials>> types, String current, String apiUrl) {
        StandardListBoxModel model = new StandardListBoxModel();
        if (!mayListCredentials()) {
            return model.includeCurrentValue(current);
        }
        model.includeEmptyValue();
        for (Class<? extends StandardCredentials> type : types) {
            model.includeMatchingAs(
                    buildAuthentication(),
                    item,
                    type,
                    URIRequirementBuilder.fromUri(apiUrl).build(),
                    CredentialsMatchers.always());
        }
        return model.includeCurrentValue(current);
    }

    /** Authentication of the job's builds. */
    Authentication buildAuthentication() {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }

    private boolean mayListCredentials() {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    /**
     * Checks a field for a user who may configure the job; does nothing for others. A field that must not be empty, but
     * is, may be one of a new form: that is not an error yet.
     *
     * @param value text of the field; in a job, one with a variable cannot be checked before there is a build
     */
    public FormValidation check(String value, Supplier<?> input) {
        if (item instanceof Job && hasVariable(value)) {
            return FormValidation.ok();
        }
        return check(input, value == null || value.isBlank() ? FormValidation::warning : FormValidation::error);
    }

    /**
     * The same for a field that is checked together with others, whose own problems are shown at them.
     *
     * @param field its name as in a Jenkinsfile
     */
    public FormValidation checkOnly(String field, String value, Supplier<?> input) {
        return check(value, () -> {
            try {
                return input.get();
            } catch (InvalidInputException e) {
                if (e.field().equals(field)) {
                    throw e;
                }
                return value;
            }
        });
    }

    /**
     * Checks a number for a user who may configure the job; both limits are allowed.
     *
     * @param value empty for the default
     */
    public FormValidation checkNumber(String field, String value, int least, int most) {
        return value == null || value.isBlank()
                ? FormValidation.ok()
                : check(() -> new InputField(field, value).inRange(least, most), FormValidation::error);
    }

    private FormValidation check(Supplier<?> input, Function<String, FormValidation> refusal) {
        if (!mayConfigure()) {
            return FormValidation.ok();
        }
        try {
            input.get();
            return FormValidation.ok();
        } catch (InvalidInputException e) {
            return refusal.apply(e.reason(LocaleProvider.getLocale()));
        }
    }

    private static boolean hasVariable(String value) {
        return value != null && value.contains("$");
    }

    /**
     * Runs the connection test, for a user who may configure the job.
     *
     * @param test created from the form's fields
     */
    public FormValidation testConnection(Supplier<ConnectionCheck<?>> test) {
        checkMayConfigure();
        try {
            return FormValidation.ok(test.get().run(OperationRuntime.get(), new FormCredentialsSource(this)));
        } catch (InvalidInputException e) {
            return hasFieldWithVariable()
                    ? FormValidation.warning(LocalizedText.of("form.variable").in(LocaleProvider.getLocale()))
                    : FormValidation.error(withLabel(e, LocaleProvider.getLocale()));
        } catch (ApiException e) {
            return FormValidation.error(FormProblemText.of(e).in(LocaleProvider.getLocale()));
        } catch (CredentialsException e) {
            return FormValidation.error(FormProblemText.of(e).in(LocaleProvider.getLocale()));
        }
    }

    private boolean hasFieldWithVariable() {
        return item instanceof Job
                && Stream.ofNullable(Stapler.getCurrentRequest2())
                        .flatMap(request -> request.getParameterMap().values().stream())
                        .flatMap(Stream::of)
                        .anyMatch(JobForm::hasVariable);
    }

    /** The descriptor is the object of the URL that the form sends the request to. */
    private static String withLabel(InvalidInputException problem, Locale language) {
        return Optional.ofNullable(Stapler.getCurrentRequest2())
                .map(request -> request.findAncestorObject(Descriptor.class))
                .map(descriptor -> new FieldLabels(descriptor.clazz).message(problem, language))
                .orElseGet(problem::getMessage);
    }

    private void checkMayConfigure() {
        if (item == null) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        } else {
            item.checkPermission(Item.CONFIGURE);
        }
    }

    private boolean mayConfigure() {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }
}
