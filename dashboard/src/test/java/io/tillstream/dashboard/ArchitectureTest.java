package io.tillstream.dashboard;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The dashboard knows the contract, nothing of the pipeline; its cores know no server. */
@AnalyzeClasses(
    packages = "io.tillstream.dashboard",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule NOTHING_OF_THE_PIPELINE =
      noClasses()
          .should()
          .dependOnClassesThat(
              describe(
                  "are ours and not of the dashboard",
                  type ->
                      type.getName().startsWith("io.tillstream.")
                          && !type.getPackageName().startsWith("io.tillstream.dashboard")));

  @ArchTest
  static final ArchRule PURE_CORES =
      noClasses()
          .that()
          .resideInAnyPackage("..agents..", "..rows..", "..view..", "..live..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..", "org.apache.flink..", "io.javalin..", "org.eclipse.jetty..");

  @ArchTest
  static final ArchRule NO_CLOCK_IN_CORES =
      noClasses()
          .that()
          .resideInAnyPackage("..agents..", "..rows..", "..view..", "..live..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now");

  @ArchTest
  static final ArchRule ROOMS_WITHOUT_CYCLES =
      slices().matching("io.tillstream.dashboard.(*)..").should().beFreeOfCycles();
}
