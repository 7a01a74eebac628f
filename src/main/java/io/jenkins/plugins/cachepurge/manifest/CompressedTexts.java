package io.jenkins.plugins.cachepurge.manifest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Immutable list of paths for a Jenkinsfile, compressed while it is saved: Pipeline writes it again whenever a branch ends.
 */
public final class CompressedTexts extends AbstractList<String> implements Serializable {

    private static final long serialVersionUID = 1L;

    /** In no path. */
    private static final String SEPARATOR = "\0";

    private final byte[] compressed;
    private transient List<String> texts;

    /** @param texts none of them empty, or with a null character */
    public CompressedTexts(List<String> texts) {
        this.texts = List.copyOf(texts);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(out)) {
            deflated.write(String.join(SEPARATOR, texts).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        compressed = out.toByteArray();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        texts = null;
    }

    private synchronized List<String> texts() {
        if (texts == null) {
            try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
                String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                texts = all.isEmpty() ? List.of() : List.of(all.split(SEPARATOR));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }

    @Override
    public String get(int index) {
        return texts().get(index);
    }

    @Override
    public int size() {
        return texts().size();
    }
}
