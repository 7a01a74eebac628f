package io.jenkins.plugins.cachepurge.client.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where an address can be reached from.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry/">IANA: special-purpose addresses, IPv4</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry/">IANA: special-purpose addresses, IPv6</a>
 */
public enum AddressScope {
    /** From anywhere. */
    GLOBAL,
    /** From a private network only: RFC 1918, shared addresses of a carrier (RFC 6598), unique local ones (RFC 4193). */
    PRIVATE,
    /** From this machine or its own link only, such as the metadata of a cloud; also what is no single host. */
    LOCAL;

    private static final List<Block> PRIVATE_BLOCKS = Stream.of(
                    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "198.18.0.0/15", "fc00::/7")
            .map(Block::of)
            .toList();

    private static final List<Block> LOCAL_BLOCKS = Stream.of(
                    "0.0.0.0/8",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "192.0.0.0/24",
                    "224.0.0.0/3",
                    "::/127",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8",
                    // The metadata of EC2, over IPv6.
                    "fd00:ec2::/32")
            .map(Block::of)
            .toList();

    /** Addresses that contain one of IPv4: NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056), and those of old IPv6 stacks. */
    private static final List<Embedding> EMBEDDINGS = List.of(
            new Embedding(Block.of("64:ff9b::/96"), 12),
            new Embedding(Block.of("64:ff9b:1::/48"), 12),
            new Embedding(Block.of("2002::/16"), 2),
            new Embedding(Block.of("::/96"), 12));

    private static final int IPV4_BYTES = 4;

    private record Block(byte[] prefix, int bits) {

        static Block of(String text) {
            String[] parts = text.split("/");
            return new Block(bytes(parts[0]), Integer.parseInt(parts[1]));
        }

        private static byte[] bytes(String literal) {
            try {
                return InetAddress.getByName(literal).getAddress();
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            int whole = bits / Byte.SIZE;
            int mask = 0xff00 >> bits % Byte.SIZE;
            return Arrays.equals(address, 0, whole, prefix, 0, whole)
                    && (bits % Byte.SIZE == 0 || (address[whole] & mask) == (prefix[whole] & mask));
        }
    }

    /** @param offset where the address of IPv4 begins */
    private record Embedding(Block block, int offset) {}

    /** The scope of an address; that of the one of IPv4 if it contains one. */
    public static AddressScope of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (LOCAL_BLOCKS.stream().anyMatch(block -> block.contains(bytes))) {
            return LOCAL;
        }
        if (PRIVATE_BLOCKS.stream().anyMatch(block -> block.contains(bytes))) {
            return PRIVATE;
        }
        return address instanceof Inet6Address ? ofEmbedded(bytes) : GLOBAL;
    }

    private static AddressScope ofEmbedded(byte[] bytes) {
        return EMBEDDINGS.stream()
                .filter(embedding -> embedding.block().contains(bytes))
                .findFirst()
                .map(embedding -> of(embedded(bytes, embedding.offset())))
                .orElse(GLOBAL);
    }

    private static InetAddress embedded(byte[] bytes, int offset) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, offset, offset + IPV4_BYTES));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
