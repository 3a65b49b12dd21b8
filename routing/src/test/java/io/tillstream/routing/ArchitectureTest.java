package io.tillstream.routing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The ground of the house: it stands on nothing of ours, and on no engine. */
@AnalyzeClasses(packages = "io.tillstream.routing")
class ArchitectureTest {

  @ArchTest
  static final ArchRule NO_ENGINE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..", "redis..");

  @ArchTest
  static final ArchRule NOTHING_OF_OURS =
      noClasses()
          .should()
          .dependOnClassesThat(
              describe(
                  "are ours and not in routing",
                  type ->
                      type.getName().startsWith("io.tillstream.")
                          && !type.getPackageName().startsWith("io.tillstream.routing")));

  @ArchTest
  static final ArchRule ROOMS_WITHOUT_CYCLES =
      slices().matching("io.tillstream.routing.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NOBODY_SLEEPS =
      noClasses()
          .should()
          .accessTargetWhere(
              describe(
                  "sleep",
                  access -> access.getTarget().getFullName().matches("java\\..*\\.sleep\\(.*")))
          .because("a wait has a condition and a bound");
}
