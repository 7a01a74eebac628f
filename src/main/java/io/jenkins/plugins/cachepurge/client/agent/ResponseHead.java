package io.jenkins.plugins.cachepurge.client.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status line and headers of a response.
 *
 * @param keepsAlive whether the server keeps the connection
 * @param headers names and values in turn
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
record ResponseHead(int status, String reason, boolean keepsAlive, List<String> headers) {

    private static final int MAX_BYTES = 1 << 18;
    private static final int MAX_INTERIM_RESPONSES = 10;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.([01]) ([1-5][0-9]{2})(?: (.*))?");
    private static final Pattern NAME = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]+");

    /** Reads it, and skips interim responses before it. */
    static ResponseHead read(InputStream in) throws IOException {
        for (int i = 0; i < MAX_INTERIM_RESPONSES; i++) {
            ResponseHead head = readOne(new LineReader(in, MAX_BYTES));
            if (head.status() >= 200) {
                return head;
            }
            if (head.status() == SWITCHING_PROTOCOLS) {
                throw new BrokenResponseException("it switches to another protocol");
            }
        }
        throw new BrokenResponseException("too many interim responses");
    }

    private static ResponseHead readOne(LineReader lines) throws IOException {
        Matcher start = STATUS_LINE.matcher(lines.next());
        if (!start.matches()) {
            throw new BrokenResponseException("it does not start like HTTP/1.1");
        }
        List<String> headers = readFields(lines);
        boolean latest = start.group(1).equals("1");
        String reason = start.group(3) == null ? "" : start.group(3);
        ResponseHead head = new ResponseHead(Integer.parseInt(start.group(2)), reason, latest, headers);
        boolean keeps = latest && !head.hasToken("Connection", "close");
        return new ResponseHead(head.status(), reason, keeps, headers);
    }

    /** Header fields up to the empty line. */
    static List<String> readFields(LineReader lines) throws IOException {
        List<String> fields = new ArrayList<>();
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            int colon = line.indexOf(':');
            if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches()) {
                throw new BrokenResponseException("a header without a name");
            }
            fields.add(line.substring(0, colon));
            fields.add(line.substring(colon + 1).strip());
        }
        return fields;
    }

    /** Elements of all headers of a name, in lower case. */
    List<String> tokens(String name) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < headers.size(); i += 2) {
            if (headers.get(i).equalsIgnoreCase(name)) {
                for (String token : headers.get(i + 1).split(",", -1)) {
                    tokens.add(token.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return tokens;
    }

    private boolean hasToken(String name, String token) {
        return tokens(name).contains(token);
    }
}
