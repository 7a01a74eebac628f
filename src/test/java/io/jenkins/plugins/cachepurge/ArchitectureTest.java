package io.jenkins.plugins.cachepurge;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import io.jenkins.plugins.cachepurge.client.http.AccessToken;
import io.jenkins.plugins.cachepurge.client.http.Authentication;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.client.http.TokenExchange;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.operation.State;
import io.jenkins.plugins.cachepurge.simulator.Simulators;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.POST;

/** The layers of the plugin and the dependencies between them, which point one way. */
class ArchitectureTest {

    private static final String ROOT = ArchitectureTest.class.getPackageName();

    private static final JavaClasses PLUGIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** As their packages are called. */
    private static final List<String> SERVICES = PLUGIN.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(ROOT + ".operation."))
            .map(name -> name.substring((ROOT + ".operation.").length()))
            .filter(name -> !List.of("purge", "verify").contains(name))
            .distinct()
            .toList();

    private static String packagesOf(String name) {
        return ROOT + "." + name + "..";
    }

    @Test
    void thereIsSomethingToLookAt() {
        for (String name : LAYERS.keySet()) {
            assertTrue(PLUGIN.that(resideInAnyPackage(packagesOf(name))).size() > 2, name);
        }
        assertTrue(SERVICES.containsAll(List.of("buddy", "scaleway", "fastly")), SERVICES::toString);
    }

    /** Each layer, and those that it may use; from the top to the bottom. */
    private static final Map<String, List<String>> LAYERS = Map.ofEntries(
            Map.entry(
                    "freestyle",
                    List.of(
                            "steps",
                            "agent",
                            "site",
                            "changes",
                            "cdn",
                            "forms",
                            "credentials",
                            "config",
                            "report",
                            "engine",
                            "operation",
                            "client",
                            "input")),
            Map.entry(
                    "steps",
                    List.of(
                            "agent",
                            "site",
                            "changes",
                            "cdn",
                            "forms",
                            "credentials",
                            "config",
                            "report",
                            "engine",
                            "operation",
                            "client",
                            "input")),
            Map.entry(
                    "site", List.of("cdn", "forms", "credentials", "config", "engine", "operation", "client", "input")),
            Map.entry(
                    "changes",
                    List.of("cdn", "forms", "config", "report", "engine", "manifest", "operation", "client", "input")),
            Map.entry("manifest", List.of("client", "input")),
            Map.entry("cdn", List.of("forms", "credentials", "config", "operation", "client", "input")),
            Map.entry("forms", List.of("credentials", "config", "engine", "operation", "client", "input")),
            Map.entry("credentials", List.of("config", "engine", "operation", "client", "input")),
            Map.entry("report", List.of("engine", "operation", "client", "input")),
            Map.entry("config", List.of("engine", "operation", "client", "input")),
            Map.entry("agent", List.of("engine", "client", "input")),
            Map.entry("engine", List.of("operation", "client", "input")),
            Map.entry("operation", List.of("client", "input")),
            Map.entry("client", List.of("input")),
            Map.entry("input", List.of()));

    @Test
    void dependenciesPointOneWay() {
        Architectures.LayeredArchitecture layers =
                layeredArchitecture().consideringOnlyDependenciesInAnyPackage(ROOT + "..");
        for (String layer : LAYERS.keySet()) {
            layers = layers.layer(layer).definedBy(packagesOf(layer));
        }
        for (Map.Entry<String, List<String>> layer : LAYERS.entrySet()) {
            var rule = layers.whereLayer(layer.getKey());
            layers = layer.getValue().isEmpty()
                    ? rule.mayNotAccessAnyLayer()
                    : rule.mayOnlyAccessLayers(layer.getValue().toArray(String[]::new));
        }
        layers.ensureAllClassesAreContainedInArchitectureIgnoring(ROOT).check(PLUGIN);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(PLUGIN);
    }

    @Test
    void coreKnowsNothingOfJenkins() {
        String[] core = {
            packagesOf("client"),
            packagesOf("operation"),
            packagesOf("engine"),
            packagesOf("manifest"),
            packagesOf("input")
        };
        classes()
                .that()
                .resideInAnyPackage(core)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Stream.concat(
                                Stream.of(core),
                                Stream.of(
                                        "java..",
                                        "javax.crypto..",
                                        "javax.net..",
                                        "javax.security.auth.x500..",
                                        "javax.xml.stream..",
                                        "com.fasterxml.jackson..",
                                        "okhttp3..",
                                        "okio..",
                                        "kotlin.."))
                        .toArray(String[]::new))
                .check(PLUGIN);
    }

    /** What travels to agents is little, and needs no library. */
    @Test
    void whatRunsOnAgentsNeedsNothingButJava() {
        classes()
                .that(AGENT_SIDE)
                .should()
                .onlyDependOnClassesThat(
                        AGENT_SIDE.or(resideInAnyPackage("java..", "javax.net.ssl..", "javax.security.auth.x500..")))
                .check(PLUGIN);
    }

    private static final DescribedPredicate<JavaClass> AGENT_SIDE =
            DescribedPredicate.describe("run on agents", type -> runsOnAgents(type.getBaseComponentType()));

    private static boolean runsOnAgents(JavaClass type) {
        return type.getPackageName().equals(ROOT + ".client.agent")
                        && !type.getName()
                                .matches(".*\\.(AgentTransport|RoutedTransport|AgentLink|package-info)(\\$.*)?")
                || type.getName()
                        .matches(
                                ".*\\.client\\.http\\.(AddressRule|AddressScope|BodyDigestAlgorithm|TrustedCertificates|ExplainingTrustManager|UntrustedCertificateException)(\\$.*)?");
    }

    /** A service is known to its own packages and to those that offer it to jobs. */
    @Test
    void engineKnowsNoService() {
        noClasses()
                .that()
                .resideInAPackage(packagesOf("engine"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVICES.stream()
                        .flatMap(service ->
                                Stream.of(packagesOf("operation." + service), packagesOf("client." + service)))
                        .toArray(String[]::new))
                .check(PLUGIN);
    }

    @Test
    void aServiceKnowsNoOtherService() {
        slices().matching(ROOT + ".client.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAnyPackage(packagesOf("client.http")))
                .check(PLUGIN);
        for (String service : SERVICES) {
            List<String> others =
                    SERVICES.stream().filter(other -> !other.equals(service)).toList();
            noClasses()
                    .that()
                    .resideInAPackage(packagesOf("operation." + service))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others.stream()
                            .flatMap(other ->
                                    List.of(packagesOf("operation." + other), packagesOf("client." + other)).stream())
                            .toArray(String[]::new))
                    .check(PLUGIN);
        }
    }

    /** What goes over the wire, sleeps, or looks at a clock is the driver's. */
    @Test
    void anOperationIsAStateAndNothingElse() {
        ArchRule plain = classes()
                .that()
                .implement(State.class)
                .should()
                .beRecords()
                .andShould()
                .beAssignableTo(Serializable.class);
        plain.check(PLUGIN);
        noClasses()
                .that()
                .resideInAnyPackage(Stream.concat(SERVICES.stream(), Stream.of("purge", "verify"))
                        .map(service -> packagesOf("operation." + service))
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..", "java.net..", "java.nio..", "okio..")
                .orShould()
                .dependOnClassesThat()
                // An URL is a value.
                .haveNameMatching("okhttp3\\.(?!HttpUrl).*")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.(Thread|ProcessBuilder|Runtime)|java\\.time\\.(Clock|InstantSource)")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(PLUGIN);
    }

    /** What a callback captures lives as long as its exchange; access tokens live in memory, in one place. */
    @Test
    void nobodyKeepsWhatAuthenticates() {
        fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage(ROOT + "..")
                .and()
                .areDeclaredInClassesThat()
                .areNotAssignableTo(Signer.class)
                .and()
                .areDeclaredInClassesThat()
                .areNotAssignableTo(AccessToken.class)
                .and()
                .areDeclaredInClassesThat()
                .areNotAssignableTo(TokenExchange.class)
                .and()
                .areDeclaredInClassesThat()
                .haveNameNotMatching(".*\\.AccessTokens(\\$.*)?")
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .notHaveRawType(assignableTo(Authentication.class))
                .andShould()
                .notHaveRawType(AccessToken.class)
                .check(PLUGIN);
    }

    /** Where the plugin aws-credentials is missing, this class is not loaded. */
    @Test
    void onlyOneClassKnowsTheSdkOfAws() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.AwsCredentialsPlugin(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.cloudbees.jenkins.plugins.awscredentials..", "com.amazonaws..", "software.amazon..")
                .check(PLUGIN);
    }

    @Test
    void whatIsSavedHasAVersionOrIsARecord() {
        classes()
                .that()
                .areAssignableTo(OperationResult.class)
                .and()
                .areNotInterfaces()
                .should()
                .beRecords()
                .check(PLUGIN);
        fields().that()
                .haveName("serialVersionUID")
                .should()
                .beStatic()
                .andShould()
                .beFinal()
                .check(PLUGIN);
        classes()
                .that()
                .areAssignableTo(StepExecution.class)
                .should(declareAVersion())
                .check(PLUGIN);
    }

    private static ArchCondition<JavaClass> declareAVersion() {
        return new ArchCondition<>("declare serialVersionUID") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean declared = item.tryGetField("serialVersionUID").isPresent();
                events.add(new SimpleConditionEvent(
                        item, declared, item.getName() + " declares a serialVersionUID: " + declared));
            }
        };
    }

    /** Moving a job takes a moment, in which a checkpoint cannot be written. */
    @Test
    void nothingElseSleepsStartsThreadsOrPrints() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".steps.CheckpointFile")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callConstructor(Thread.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(PLUGIN);
    }

    @Test
    void formsAnswerToAPostOnly() {
        methods()
                .that()
                .haveNameMatching("do[A-Z].*")
                .and()
                .arePublic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beAnnotatedWith(POST.class)
                .orShould()
                .beAnnotatedWith(RequirePOST.class)
                .check(PLUGIN);
    }

    /** A rule that finds nothing in a house that breaks it would prove nothing: the simulators do open sockets. */
    @Test
    void aHouseThatBreaksARuleIsFound() {
        JavaClasses simulators = new ClassFileImporter().importPackages(Simulators.class.getPackageName());
        assertThrows(
                AssertionError.class,
                () -> noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("com.sun.net.httpserver..")
                        .orShould()
                        .dependOnClassesThat()
                        .resideInAPackage("java.net..")
                        .check(simulators));
    }
}
