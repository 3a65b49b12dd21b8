package io.tillstream.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** Rules of the whole pipeline, from the jobs down to routing. */
@AnalyzeClasses(packages = "io.tillstream")
class ArchitectureTest {
  private static final String SYSTEM_CLOCK =
      "java\\.lang\\.System\\.currentTimeMillis\\(\\)"
          + "|java\\.time\\.Clock\\.(system|tick).*"
          + "|java\\.time\\..*\\.now\\((java\\.time\\.ZoneId)?\\)"
          + "|java\\.util\\.Date\\.<init>\\(\\)";

  /** Who may ask for the time of day. All others are given a clock. */
  private static final Set<String> ASK_THE_TIME =
      Set.of(
          // The moment of the submit.
          "io.tillstream.jobs.PipelineJob",
          // The moment that a webhook's signature speaks of; its receiver compares.
          "io.tillstream.operators.alerting.webhooks.WebhookOperator");

  private static final DescribedPredicate<JavaClass> THE_TOPOLOGY =
      describe(
          "are the topology",
          type -> type.getName().matches("io\\.tillstream\\.jobs\\.PipelineTopology(\\$.*)?"));

  @ArchTest
  static final ArchRule NOBODY_READS_THE_SYSTEM_CLOCK =
      noClasses()
          .that(describe("are not on the list", type -> !ASK_THE_TIME.contains(type.getName())))
          .should()
          .accessTargetWhere(
              describe(
                  "read the system clock",
                  access -> access.getTarget().getFullName().matches(SYSTEM_CLOCK)));

  @ArchTest
  static final ArchRule NOBODY_SLEEPS =
      noClasses()
          .that()
          .resideInAPackage("io.tillstream.jobs..")
          .should()
          .accessTargetWhere(
              describe(
                  "sleep",
                  access -> access.getTarget().getFullName().matches("java\\..*\\.sleep\\(.*")))
          .because("a wait has a condition and a bound");

  @ArchTest
  static final ArchRule A_TOPOLOGY_TAKES_PORTS_NOT_CONNECTORS =
      noClasses()
          .that(THE_TOPOLOGY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.tillstream.jobs.kafka..",
              "io.tillstream.jobs.redis..",
              "org.apache.kafka..",
              "org.apache.flink.connector.kafka..",
              "redis..");

  @ArchTest
  static final ArchRule ONLY_ONE_ROOM_SPEAKS_KAFKA =
      noClasses()
          .that(resideInAPackage("io.tillstream.jobs..").and(not(resideInAPackage("..jobs.kafka"))))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.apache.flink.connector.kafka..");

  @ArchTest
  static final ArchRule ONLY_ONE_ROOM_SPEAKS_REDIS =
      noClasses()
          .that(resideInAPackage("io.tillstream.jobs..").and(not(resideInAPackage("..jobs.redis"))))
          .and(describe("are no tests", type -> !isTest(type)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("redis..");

  private static boolean isTest(JavaClass type) {
    return type.getSource().map(from -> from.getUri().getPath().contains("/test-")).orElse(false);
  }

  @ArchTest
  static final ArchRule THE_JOB_KNOWS_NO_LOCAL_STACK =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.tillstream.local..", "io.tillstream.it..");
}
