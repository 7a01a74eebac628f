package io.jenkins.plugins.cachepurge.steps;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cachepurge.cdn.BuildContext;
import io.jenkins.plugins.cachepurge.client.http.Via;
import io.jenkins.plugins.cachepurge.forms.JobForm;
import io.jenkins.plugins.cachepurge.input.InputField;
import io.jenkins.plugins.cachepurge.input.InvalidInputException;
import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.operation.verify.Expectations;
import io.jenkins.plugins.cachepurge.operation.verify.NewerThan;
import io.jenkins.plugins.cachepurge.operation.verify.VerificationInput;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Step that expects something of pages; contains the expectations. */
public abstract class PageExpectationStep extends OperationStep {

    private static final long serialVersionUID = 1L;

    /** The key of a purge's result that says when it began. */
    private static final String STARTED_AT = "startedAt";

    /** Null for the default, as in a config.xml without it. */
    private Integer status;

    private String body;
    private String sha256;
    private String file;
    private String dir;
    private String etag;
    private LinkedHashMap<String, String> headers;
    private boolean headersAreWrong;

    /** As text, so that an element of a config.xml needs no class. */
    private String newerThan;

    private boolean newerThanPurge;
    private String via;

    protected PageExpectationStep(int defaultTimeout) {
        super(defaultTimeout);
    }

    /** The HTTP status. */
    public final int getStatus() {
        return status == null ? CdnVerifyStep.DescriptorImpl.DEFAULT_STATUS : status;
    }

    @DataBoundSetter
    public final void setStatus(int status) {
        this.status = status;
    }

    /** Which machine requests the pages: "controller", or "agent" for the one on which the step runs. */
    public final String getVia() {
        return via == null ? Via.CONTROLLER.toString() : via;
    }

    @DataBoundSetter
    public final void setVia(String via) {
        this.via = Util.fixEmptyAndTrim(via);
    }

    /** A text in the first MiB of the body; null if none is expected. */
    public final String getBody() {
        return body;
    }

    @DataBoundSetter
    public final void setBody(String body) {
        this.body = Util.fixEmpty(body);
    }

    /** SHA-256 of the whole body, in hexadecimal digits; null if none is expected. */
    public final String getSha256() {
        return sha256;
    }

    @DataBoundSetter
    public final void setSha256(String sha256) {
        this.sha256 = Util.fixEmptyAndTrim(sha256);
    }

    /** A file of the workspace that is the whole body of each page; null for none. */
    public final String getFile() {
        return file;
    }

    @DataBoundSetter
    public final void setFile(String file) {
        this.file = Util.fixEmptyAndTrim(file);
    }

    /** A directory of the workspace with a file for each page; null for none. */
    public final String getDir() {
        return dir;
    }

    @DataBoundSetter
    public final void setDir(String dir) {
        this.dir = Util.fixEmptyAndTrim(dir);
    }

    /** The entity tag; null if none is expected. */
    public final String getEtag() {
        return etag;
    }

    @DataBoundSetter
    public final void setEtag(String etag) {
        this.etag = Util.fixEmptyAndTrim(etag);
    }

    /** Headers of the answer and their values; null if none are expected. */
    public final Map<String, String> getHeaders() {
        return headers;
    }

    /** @param headers a map of names and values; null for none */
    @DataBoundSetter
    public final void setHeaders(Object headers) {
        Optional<LinkedHashMap<String, String>> texts =
                headers instanceof Map<?, ?> map ? HeadersParameter.texts(map) : Optional.empty();
        headersAreWrong = headers != null && texts.isEmpty();
        this.headers = texts.filter(all -> !all.isEmpty()).orElse(null);
    }

    /** When a copy was stored at the earliest: milliseconds since 1970, or a text in ISO 8601; null for any time. */
    public final Object getNewerThan() {
        return newerThan;
    }

    /** @param newerThan also the result of {@code cdnPurge} */
    @DataBoundSetter
    public final void setNewerThan(Object newerThan) {
        newerThanPurge = newerThan instanceof Map<?, ?>;
        if (newerThan instanceof Map<?, ?> purge) {
            this.newerThan =
                    purge.get(STARTED_AT) instanceof Number time ? millis(time.longValue()) : "a map without startedAt";
        } else if (newerThan instanceof Number number) {
            this.newerThan = millis(number.longValue());
        } else if (newerThan instanceof Date date) {
            this.newerThan = millis(date.getTime());
        } else {
            this.newerThan = newerThan == null ? null : Util.fixEmptyAndTrim(newerThan.toString());
        }
    }

    private static String millis(long time) {
        return Long.toString(time);
    }

    /** Whether the whole body of each page is a file of the workspace. */
    final boolean hasFiles() {
        return file != null || dir != null;
    }

    /** @throws InvalidInputException if one cannot be used, or there are none */
    final Expectations expectations(BuildContext context) {
        if (headersAreWrong) {
            throw new InvalidInputException("headers", LocalizedText.of("verify.headers"));
        }
        checkDigests();
        if (body == null
                && sha256 == null
                && !hasFiles()
                && etag == null
                && headers == null
                && newerThan == null
                && getStatus() == CdnVerifyStep.DescriptorImpl.DEFAULT_STATUS) {
            throw new InvalidInputException("body", LocalizedText.of("verify.nothing"));
        }
        return new Expectations(
                InputField.inRange("status", getStatus(), VerificationInput.MIN_STATUS, VerificationInput.MAX_STATUS),
                Optional.ofNullable(context.expand(body)).map(text -> new InputField("body", text).notVariable()),
                Optional.ofNullable(context.expand(sha256)).map(VerificationInput::sha256),
                Optional.ofNullable(context.expand(etag)).map(VerificationInput::etag),
                headers(context),
                Optional.ofNullable(newerThan).map(time -> newerThan(context, time)));
    }

    private void checkDigests() {
        if (file != null && dir != null) {
            throw new InvalidInputException("file", LocalizedText.of("selection.two", "dir"));
        }
        if (sha256 != null && hasFiles()) {
            throw new InvalidInputException("sha256", LocalizedText.of("selection.two", file == null ? "dir" : "file"));
        }
    }

    private Map<String, String> headers(BuildContext context) {
        if (headers == null) {
            return Map.of();
        }
        Map<String, String> expanded = new LinkedHashMap<>();
        headers.forEach((name, value) -> expanded.put(name, context.expand(value)));
        return VerificationInput.headers(expanded);
    }

    private NewerThan newerThan(BuildContext context, String time) {
        return new NewerThan(
                VerificationInput.time(context.expand(time)), newerThanPurge ? "the purge" : "the expected time");
    }

    /** Base of the descriptors of these steps. */
    public abstract static class ExpectationDescriptor extends OperationStepDescriptor {

        @POST
        public final FormValidation doCheckStatus(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item)
                    .checkNumber("status", value, VerificationInput.MIN_STATUS, VerificationInput.MAX_STATUS);
        }

        @POST
        public final FormValidation doCheckSha256(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> value.isBlank() ? value : VerificationInput.sha256(value));
        }

        @POST
        public final FormValidation doCheckFile(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> VerifyForm.checkRelativePath("file", value));
        }

        @POST
        public final FormValidation doCheckDir(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> VerifyForm.checkRelativePath("dir", value));
        }

        @POST
        public final FormValidation doCheckHeaderLines(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item)
                    .check(value, () -> VerificationInput.headers(VerificationInput.headerLines("headers", value)));
        }

        @POST
        public final FormValidation doCheckEtag(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> value.isBlank() ? value : VerificationInput.etag(value));
        }

        @POST
        public final FormValidation doCheckNewerThan(@AncestorInPath Item item, @QueryParameter String value) {
            return new JobForm(item).check(value, () -> value.isBlank() ? value : VerificationInput.time(value));
        }
    }
}
