package io.jenkins.plugins.cachepurge.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cachepurge.operation.InvalidInputException;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * What a form tells to whom.
 *
 * @param item whose form it is, or null for one that belongs to no job
 */
public record FormAccess(Item item) {

    /**
     * The credentials that the job could use; only the current one for somebody who may not know of more.
     *
     * @param apiUrl where they are to be sent, empty for the vendor's own
     */
    public <C extends StandardCredentials> ListBoxModel credentials(Class<C> type, String current, String apiUrl) {
        StandardListBoxModel model = new StandardListBoxModel();
        if (!mayListCredentials()) {
            return model.includeCurrentValue(current);
        }
        return model.includeEmptyValue()
                .includeMatchingAs(
                        user(),
                        item,
                        type,
                        URIRequirementBuilder.fromUri(apiUrl).build(),
                        CredentialsMatchers.always())
                .includeCurrentValue(current);
    }

    private Authentication user() {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }

    private boolean mayListCredentials() {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    /** Checks what somebody who may configure the job typed; says nothing to anybody else. */
    public FormValidation check(Supplier<?> input) {
        if (!mayConfigure()) {
            return FormValidation.ok();
        }
        try {
            input.get();
            return FormValidation.ok();
        } catch (InvalidInputException e) {
            return FormValidation.error(e.advice());
        }
    }

    private boolean mayConfigure() {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }
}
