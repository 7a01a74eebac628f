package io.jenkins.plugins.cachepurge.changes;

import hudson.model.Run;
import io.jenkins.plugins.cachepurge.manifest.FileChanges;
import io.jenkins.plugins.cachepurge.manifest.InvalidManifestException;
import io.jenkins.plugins.cachepurge.manifest.Manifest;
import io.jenkins.plugins.cachepurge.manifest.PathListFormat;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Files of one purge of changes in the build's directory: its plan, which the build page lists, and until it has ended the
 * manifest.
 *
 * @param run read for each access where its directory is, since a job can be moved
 * @param id of the operation
 */
record PlanFile(Run<?, ?> run, String id) {

    private static final String PREFIX = "cache-purge-";
    private static final String PLAN = ".changes";
    private static final String MANIFEST = ".manifest";

    /** Pattern of the names of all plans of a build. */
    static final String ALL_PLANS = PREFIX + "*" + PLAN;

    /** Pattern of the names of all manifests of a build. */
    static final String ALL_MANIFESTS = PREFIX + "*" + MANIFEST;

    private static final Pattern ID = Pattern.compile("[0-9a-z-]{1,40}");
    private static final byte VERSION = 1;

    /** @throws IllegalArgumentException if the id is none */
    PlanFile {
        if (!isId(id)) {
            throw new IllegalArgumentException("not an id: " + id);
        }
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** @param file one of {@link #ALL_PLANS} */
    static String idOf(Path file) {
        String name = file.toFile().getName();
        return name.substring(PREFIX.length(), name.length() - PLAN.length());
    }

    private Path file(String suffix) {
        return run.getRootDir().toPath().resolve(PREFIX + id + suffix);
    }

    private Path plan() {
        return file(PLAN);
    }

    private Path manifest() {
        return file(MANIFEST);
    }

    /** The plan is written last: with it, the manifest is there. */
    void save(ChangesPlan plan, Manifest manifest) throws IOException {
        AtomicFile.write(manifest(), manifest::writeTo);
        AtomicFile.write(plan(), out -> {
            out.writeByte(VERSION);
            plan.key().write(out);
            out.writeUTF(plan.remembering().name());
            out.writeUTF(plan.comparedWith());
            out.writeInt(plan.since());
            out.writeUTF(plan.scope().name());
            out.writeInt(plan.changes().unchanged());
            PathListFormat.write(out, plan.changes().added());
            PathListFormat.write(out, plan.changes().changed());
            PathListFormat.write(out, plan.changes().removed());
        });
    }

    /** @return empty if it was not saved */
    Optional<ChangesPlan> load() throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(plan())))) {
            if (in.readByte() != VERSION) {
                throw new InvalidManifestException("its version is unknown");
            }
            BaselineKey key = BaselineKey.read(in);
            ChangesConsumer.Remembering remembering = ChangesConsumer.Remembering.valueOf(in.readUTF());
            String comparedWith = in.readUTF();
            int since = in.readInt();
            ChangesPlan.Scope scope = ChangesPlan.Scope.valueOf(in.readUTF());
            int unchanged = in.readInt();
            FileChanges changes = new FileChanges(
                    PathListFormat.read(in), PathListFormat.read(in), PathListFormat.read(in), unchanged);
            return Optional.of(new ChangesPlan(key, remembering, comparedWith, since, scope, changes));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (EOFException | IllegalArgumentException e) {
            throw new InvalidManifestException("it is damaged");
        }
    }

    /** @return empty once the build has ended */
    Optional<Manifest> loadManifest() throws IOException {
        try {
            return Optional.of(Manifest.read(Files.readAllBytes(manifest())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
