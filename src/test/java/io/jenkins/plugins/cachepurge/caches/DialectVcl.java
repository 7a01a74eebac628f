package io.jenkins.plugins.cachepurge.caches;

import io.jenkins.plugins.cachepurge.client.httpcache.VarnishDialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * VCLs that take the requests of the dialects, as those of their projects do. To try others, such as the projects' own,
 * give the system property {@code dialects.vcl} a directory with a file for each, such as {@code magento.vcl}, in which
 * PORT stands for the port of the origin on this machine.
 */
final class DialectVcl {

    private static final String START = """
            vcl 4.1;
            import std;
            backend default {
                .host = "127.0.0.1";
                .port = "PORT";
            }
            sub vcl_backend_response {
                set beresp.http.X-Url = bereq.url;
                set beresp.http.X-Host = bereq.http.host;
            }
            """;

    private static final String XKEY = START.replace("import std;", "import std;\nimport xkey;");

    private DialectVcl() {}

    static String of(VarnishDialect dialect) {
        return Optional.ofNullable(System.getProperty("dialects.vcl"))
                .map(directory -> Path.of(directory, dialect.symbol() + ".vcl"))
                .filter(Files::exists)
                .map(DialectVcl::read)
                .orElseGet(() -> own(dialect));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String own(VarnishDialect dialect) {
        return switch (dialect) {
            case DOCUMENTED -> throw new IllegalArgumentException("it is in the documentation");
            case FOS_HTTP_CACHE -> START + FOS_BAN;
            case FOS_XKEY -> XKEY + FOS_BAN + """
                        sub vcl_recv {
                            if (req.method == "PURGEKEYS") {
                                set req.http.hard = 0;
                                set req.http.soft = 0;
                                if (req.http.xkey-purge) {
                                    set req.http.hard = xkey.purge(req.http.xkey-purge);
                                } elsif (req.http.xkey-softpurge) {
                                    set req.http.soft = xkey.softpurge(req.http.xkey-softpurge);
                                } else {
                                    return (synth(400, "No keys"));
                                }
                                return (synth(200, "Purged " + req.http.hard + " objects, expired " + req.http.soft + " objects"));
                            }
                        }
                        """;
            case DRUPAL -> START + """
                        sub vcl_recv {
                            if (req.method == "BAN") {
                                if (!req.http.Purge-Cache-Tags) {
                                    return (synth(403, "No tags"));
                                }
                                ban("obj.http.Purge-Cache-Tags ~ " + req.http.Purge-Cache-Tags);
                                return (synth(200, "Ban added."));
                            }
                            if (req.method == "URIBAN") {
                                ban("req.http.host == " + req.http.host + " && req.url == " + req.url);
                                return (synth(200, "Ban added."));
                            }
                        }
                        """;
            case MAGENTO -> START + """
                        sub vcl_recv {
                            if (req.method == "PURGE") {
                                if (!req.http.X-Magento-Tags-Pattern) {
                                    return (synth(400, "No pattern"));
                                }
                                ban("obj.http.X-Magento-Tags ~ " + req.http.X-Magento-Tags-Pattern);
                                return (synth(200, "Purged"));
                            }
                        }
                        """;
            case SHOPWARE -> XKEY + """
                        sub vcl_recv {
                            if (req.method == "PURGE") {
                                if (!req.http.xkey) {
                                    return (purge);
                                }
                                set req.http.gone = xkey.purge(req.http.xkey);
                                return (synth(200, "Invalidated " + req.http.gone + " objects"));
                            }
                            if (req.method == "BAN") {
                                ban("req.url ~ " + req.url);
                                return (synth(200, "BAN URLs containing (" + req.url + ") done."));
                            }
                        }
                        """;
            case API_PLATFORM -> START + """
                        sub vcl_recv {
                            if (req.method == "BAN") {
                                if (!req.http.ApiPlatform-Ban-Regex) {
                                    return (synth(400, "No regex"));
                                }
                                ban("obj.http.Cache-Tags ~ " + req.http.ApiPlatform-Ban-Regex);
                                return (synth(200, "Ban added"));
                            }
                        }
                        """;
        };
    }

    private static final String FOS_BAN = """
            sub vcl_recv {
                if (req.method == "PURGE") {
                    return (purge);
                }
                if (req.method == "BAN") {
                    if (req.http.X-Cache-Tags) {
                        ban("obj.http.X-Host ~ " + req.http.X-Host
                            + " && obj.http.X-Url ~ " + req.http.X-Url
                            + " && obj.http.content-type ~ " + req.http.X-Content-Type
                            + " && obj.http.X-Cache-Tags ~ " + req.http.X-Cache-Tags);
                    } else {
                        ban("obj.http.X-Host ~ " + req.http.X-Host
                            + " && obj.http.X-Url ~ " + req.http.X-Url
                            + " && obj.http.content-type ~ " + req.http.X-Content-Type);
                    }
                    return (synth(200, "Banned"));
                }
            }
            """;
}
