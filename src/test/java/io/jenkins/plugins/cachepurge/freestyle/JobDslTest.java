package io.jenkins.plugins.cachepurge.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.cachepurge.SimulatedServices;
import java.util.List;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Jobs that Job DSL creates. It writes every list that a script does not name as an empty one. */
@WithJenkins
class JobDslTest {

    private final SimulatedServices services = new SimulatedServices();
    private JenkinsRule j;

    @BeforeEach
    void introduceServices(JenkinsRule rule) throws Exception {
        j = rule;
        services.introduce();
    }

    @AfterEach
    void closeServices() {
        services.close();
    }

    @Test
    void listsThatNobodyNamedAreNotGiven() throws Exception {
        List<FreeStyleProject> jobs = create("""
                job('paths') {
                    steps {
                        purgeCdn {
                            step {
                                cdn { scaleway { credentialsId('scw'); pipelineId(SCALEWAY_PIPELINE); apiUrl(SCALEWAY_URL) } }
                                paths(['/a', '/b'])
                            }
                        }
                    }
                }
                job('all') {
                    publishers {
                        purgeCdn {
                            builder {
                                step {
                                    cdn { gotipath { credentialsId('goti'); distributionId(DISTRIBUTION); apiUrl(GOTIPATH_URL) } }
                                    all(true)
                                }
                            }
                        }
                    }
                }
                job('cache') {
                    steps {
                        purgeCdn {
                            step {
                                cdn { varnish { url(GOTIPATH_URL) } }
                                paths(['/a'])
                                dryRun(true)
                            }
                        }
                    }
                }
                job('caches') {
                    steps {
                        purgeCdn {
                            step {
                                cdn { squid { urls([GOTIPATH_URL, SCALEWAY_URL]) } }
                                paths(['/a'])
                                dryRun(true)
                            }
                        }
                    }
                }
                job('ids') {
                    steps {
                        purgeCdn {
                            step {
                                cdn { gcore { credentialsId('scw'); resourceId('5') } }
                                paths(['/a'])
                                dryRun(true)
                            }
                        }
                    }
                }
                """);
        assertEquals(5, jobs.size());
        for (FreeStyleProject job : jobs) {
            j.buildAndAssertSuccess(job);
        }
        assertEquals(1, services.gotipath.purges().size());
        assertEquals(
                List.of("/a", "/b"),
                services.scaleway
                        .purgeRequests()
                        .get(services.scaleway.purgeRequests().size() - 1)
                        .assets());
        FreeStyleProject job = j.jenkins.getItemByFullName("paths", FreeStyleProject.class);
        CdnPurgeBuilder builder = job.getBuildersList().get(CdnPurgeBuilder.class);
        CdnPurgeBuilder saved = j.configRoundtrip(builder);
        assertEquals(List.of("/a", "/b"), saved.getStep().getPaths());
        assertEquals(null, saved.getStep().getUrls());
    }

    private List<FreeStyleProject> create(String script) throws Exception {
        FreeStyleProject seed = j.createFreeStyleProject("seed");
        ExecuteDslScripts scripts = new ExecuteDslScripts();
        scripts.setUseScriptText(true);
        scripts.setSandbox(false);
        scripts.setScriptText(services.jenkinsfile(script));
        seed.getBuildersList().add(scripts);
        j.buildAndAssertSuccess(seed);
        return j.jenkins.getItems(FreeStyleProject.class).stream()
                .filter(job -> job != seed)
                .toList();
    }
}
