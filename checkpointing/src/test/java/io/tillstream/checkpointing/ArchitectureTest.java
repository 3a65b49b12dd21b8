package io.tillstream.checkpointing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Checkpointing knows neither the agents nor the jobs: a savepoint outlives both. */
@AnalyzeClasses(packages = "io.tillstream.checkpointing")
class ArchitectureTest {

  @ArchTest
  static final ArchRule NOTHING_OF_OURS =
      noClasses()
          .should()
          .dependOnClassesThat(
              describe(
                  "are ours and not in checkpointing",
                  type ->
                      type.getName().startsWith("io.tillstream.")
                          && !type.getPackageName().startsWith("io.tillstream.checkpointing")));

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
