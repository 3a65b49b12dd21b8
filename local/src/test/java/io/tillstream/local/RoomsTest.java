package io.tillstream.local;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

@AnalyzeClasses(
    packages = "io.tillstream.local",
    importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
  @ArchTest
  static final ArchRule NO_CIRCLES =
      slices().matching("io.tillstream.local.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_THE_CONTRACT =
      ArchRuleDefinition.noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.flink..", "io.tillstream.operators..", "io.tillstream.jobs..");

  @ArchTest
  static final ArchRule ONLY_RULES_JUDGE =
      ArchRuleDefinition.noClasses()
          .that()
          .resideOutsideOfPackage("io.tillstream.local.rules..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.tillstream.routing..");

  @ArchTest
  static final ArchRule RULES_KNOW_ONLY_RULES =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage("io.tillstream.local.rules..")
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "judge anything but alerts",
                  type ->
                      type.getPackageName().startsWith("io.tillstream.routing")
                          && !type.getPackageName().equals("io.tillstream.routing.alert")));
}
