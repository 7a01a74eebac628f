package io.jenkins.plugins.cachepurge;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.jenkins.plugins.cachepurge.client.http.Signer;
import io.jenkins.plugins.cachepurge.operation.Operation;
import io.jenkins.plugins.cachepurge.operation.OperationResult;
import io.jenkins.plugins.cachepurge.simulator.Simulators;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.POST;

/** The rooms of the house and the arrows between them, which point one way. */
class ArchitectureTest {

    private static final String HOUSE = ArchitectureTest.class.getPackageName();

    private static final JavaClasses PLUGIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HOUSE);

    /** As their packages are called. */
    private static final List<String> SERVICES = PLUGIN.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(HOUSE + ".operation."))
            .map(name -> name.substring((HOUSE + ".operation.").length()))
            .filter(name -> !name.equals("purge"))
            .distinct()
            .toList();

    private static String room(String name) {
        return HOUSE + "." + name + "..";
    }

    @Test
    void thereIsSomethingToLookAt() {
        for (String room :
                List.of("client", "operation", "cdn", "steps", "freestyle", "credentials", "config", "report")) {
            assertTrue(PLUGIN.that(resideInAnyPackage(room(room))).size() > 2, room);
        }
        assertTrue(SERVICES.containsAll(List.of("buddy", "scaleway", "fastly")), SERVICES::toString);
    }

    @Test
    void arrowsPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(HOUSE + "..")
                .layer("freestyle")
                .definedBy(room("freestyle"))
                .layer("steps")
                .definedBy(room("steps"))
                .layer("cdn")
                .definedBy(room("cdn"))
                .layer("report")
                .definedBy(room("report"))
                .layer("credentials")
                .definedBy(room("credentials"))
                .layer("config")
                .definedBy(room("config"))
                .layer("operation")
                .definedBy(room("operation"))
                .layer("client")
                .definedBy(room("client"))
                .whereLayer("freestyle")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("steps")
                .mayOnlyBeAccessedByLayers("freestyle")
                .whereLayer("cdn")
                .mayOnlyBeAccessedByLayers("freestyle", "steps")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("freestyle", "steps")
                .whereLayer("credentials")
                .mayOnlyBeAccessedByLayers("freestyle", "steps", "cdn")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers("freestyle", "steps", "cdn", "report", "credentials")
                .whereLayer("operation")
                .mayOnlyBeAccessedByLayers("freestyle", "steps", "cdn", "report", "credentials", "config")
                .whereLayer("client")
                .mayOnlyBeAccessedByLayers("freestyle", "steps", "cdn", "report", "credentials", "config", "operation")
                .check(PLUGIN);
    }

    @Test
    void noRoomsDependOnEachOther() {
        slices().matching(HOUSE + ".(*)..").should().beFreeOfCycles().check(PLUGIN);
    }

    @Test
    void clientsAndOperationsKnowNothingOfJenkins() {
        classes()
                .that()
                .resideInAnyPackage(room("client"), room("operation"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        room("client"),
                        room("operation"),
                        "java..",
                        "javax.net.ssl..",
                        "com.fasterxml.jackson..",
                        "okhttp3..",
                        "okio..",
                        "kotlin..")
                .check(PLUGIN);
    }

    @Test
    void aServiceKnowsNoOtherService() {
        slices().matching(HOUSE + ".client.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAnyPackage(room("client.http")))
                .check(PLUGIN);
        for (String service : SERVICES) {
            List<String> others =
                    SERVICES.stream().filter(other -> !other.equals(service)).toList();
            noClasses()
                    .that()
                    .resideInAPackage(room("operation." + service))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others.stream()
                            .flatMap(other -> List.of(room("operation." + other), room("client." + other)).stream())
                            .toArray(String[]::new))
                    .check(PLUGIN);
        }
    }

    /** What goes over the wire, sleeps, or looks at a clock is the driver's. */
    @Test
    void anOperationIsAStateAndNothingElse() {
        ArchRule plain = classes()
                .that()
                .implement(Operation.class)
                .should()
                .beRecords()
                .andShould()
                .beAssignableTo(Serializable.class);
        plain.check(PLUGIN);
        noClasses()
                .that()
                .resideInAnyPackage(Stream.concat(SERVICES.stream(), Stream.of("purge"))
                        .map(service -> room("operation." + service))
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

    /** What a callback captures lives as long as its exchange. */
    @Test
    void nobodyKeepsWhatAuthenticates() {
        fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage(HOUSE + "..")
                .and()
                .areDeclaredInClassesThat()
                .doNotHaveFullyQualifiedName(Signer.class.getName())
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .notHaveRawType(Signer.class)
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

    /** A freestyle build has a thread to spend. */
    @Test
    void nothingElseSleepsStartsThreadsOrPrints() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(HOUSE + ".freestyle.OperationRun")
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
