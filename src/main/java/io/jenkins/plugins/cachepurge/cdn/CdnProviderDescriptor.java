package io.jenkins.plugins.cachepurge.cdn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Descriptor;
import io.jenkins.plugins.cachepurge.forms.EmptyFormNumbers;
import io.jenkins.plugins.cachepurge.forms.ScriptArguments;
import io.jenkins.plugins.cachepurge.operation.purge.PurgeCapabilities;
import java.util.Map;
import java.util.Optional;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.kohsuke.stapler.StaplerRequest2;

/** Descriptor of a {@link CdnProvider}. */
public abstract class CdnProviderDescriptor extends Descriptor<CdnProvider> implements CustomDescribableModel {

    /** Enough for most CDNs, in seconds. */
    public static final int DEFAULT_TIMEOUT = 300;

    /** Selections that it can purge; any other is refused before anything is sent. */
    public abstract PurgeCapabilities capabilities();

    /** The timeout of a purge that names none, in seconds. */
    public int defaultTimeout() {
        return DEFAULT_TIMEOUT;
    }

    /** The same for the CDN that a job names; null if it names none. */
    public static int defaultTimeout(CdnProvider cdn) {
        return cdn == null ? DEFAULT_TIMEOUT : cdn.getDescriptor().defaultTimeout();
    }

    /** The provider's name in a Jenkinsfile: the first symbol of the descriptor. */
    public final String symbolName() {
        return Optional.ofNullable(getClass().getAnnotation(Symbol.class))
                .map(symbol -> symbol.value()[0])
                .orElseGet(clazz::getSimpleName);
    }

    /** An empty field for a number stands for the default. */
    @Override
    public CdnProvider newInstance(StaplerRequest2 req, @NonNull JSONObject form) throws FormException {
        EmptyFormNumbers.removeEmpty(clazz, form);
        return super.newInstance(req, form);
    }

    /** Converts the arguments of a Jenkinsfile, so that an id may be a number, and a list an array, a set or a text. */
    @NonNull
    @Override
    public final Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
        return ScriptArguments.of(symbolName(), clazz).converted(prepared(arguments));
    }

    /** The arguments of a Jenkinsfile as parameters, if it may write one in another way. */
    protected Map<String, Object> prepared(Map<String, Object> arguments) {
        return arguments;
    }
}
