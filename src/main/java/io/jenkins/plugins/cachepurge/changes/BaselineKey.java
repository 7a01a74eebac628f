package io.jenkins.plugins.cachepurge.changes;

import io.jenkins.plugins.cachepurge.input.LocalizedText;
import io.jenkins.plugins.cachepurge.manifest.Sha256;
import io.jenkins.plugins.cachepurge.operation.site.SitePurge;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a baseline of a job is of.
 *
 * @param provider the CDN's symbol; empty for the step that purges nothing
 * @param target the part of the CDN
 * @param site scheme and host of the pages; empty if they were not named
 * @param base path of the files at the site
 */
public record BaselineKey(String provider, String target, String site, String base) {

    /** Name of its file: of limited length, whatever the target is. */
    String fileName() {
        byte[] text = String.join("\n", List.of(provider, target, site, base)).getBytes(StandardCharsets.UTF_8);
        return Sha256.of(Sha256.algorithm().digest(text)).toString().substring(0, 32);
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(provider);
        out.writeUTF(target);
        out.writeUTF(site);
        out.writeUTF(base);
    }

    static BaselineKey read(DataInput in) throws IOException {
        return new BaselineKey(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
    }

    /** Text for people, such as "fastly SU1Z0isxPaozGVKXdv0eY, /docs/". */
    LocalizedText text() {
        return provider.equals(SitePurge.PROVIDER)
                ? LocalizedText.of("changes.ofSite", target, site + base)
                : LocalizedText.inOneLanguage(
                        "%s %s, %s%s".formatted(provider, target, site, base).trim());
    }

    /** Its text in English. */
    @Override
    public String toString() {
        return text().toString();
    }
}
