package io.jenkins.plugins.cachepurge.client.agent;

import io.jenkins.plugins.cachepurge.client.http.Cancellable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Way to an agent in this process; requests and answers are serialized on it.
 *
 * @param tampering what the agent does to its answers
 */
record InProcessLink(AgentHttpClient client, UnaryOperator<AgentAnswer> tampering) implements AgentLink {

    @Override
    public String name() {
        return "agent linux-3";
    }

    @Override
    public Cancellable start(AgentRequest request, Duration atMost, Consumer<AgentAnswer> receiver) {
        CompletableFuture.supplyAsync(() -> client.exchange(copy(request)))
                .thenAccept(answer -> receiver.accept(tampering.apply(copy(answer))));
        return Cancellable.NONE;
    }

    @SuppressWarnings("unchecked")
    static <T> T copy(T object) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(object);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return (T) in.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
