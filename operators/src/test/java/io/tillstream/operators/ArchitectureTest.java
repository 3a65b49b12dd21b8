package io.tillstream.operators;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** The agents: they stand on routing alone, and their cores on no engine. */
@AnalyzeClasses(packages = "io.tillstream.operators")
class ArchitectureTest {
  /** Cores that share a package with the operator around them. */
  private static final Set<String> CORES =
      Set.of(
          "alerting.webhooks.DestinationQueue",
          "alerting.webhooks.Dispatcher",
          "alerting.webhooks.Pending",
          "alerting.webhooks.Troubles",
          "alerting.webhooks.WebhookLetter",
          "aggregation.carts.Cart",
          "aggregation.carts.CartCounts",
          "aggregation.carts.CartOutcomes",
          "aggregation.letters.RefusedLetter",
          "aggregation.presum.ItemSums",
          "aggregation.presum.PreSums",
          "aggregation.presum.TrendSums",
          "aggregation.presum.WindowSums",
          "aggregation.sums.Lookback",
          "aggregation.sums.Row",
          "aggregation.sums.RowState",
          "aggregation.sums.RowStore",
          "aggregation.sums.RowWindow",
          "aggregation.sums.Sums",
          "aggregation.trending.Ranking",
          "aggregation.trending.TopMerge",
          "aggregation.trending.TrendPanes",
          "alerting.watch.Held",
          "alerting.watch.KeyState",
          "alerting.watch.KeyStore",
          "alerting.watch.Matters",
          "alerting.watch.RowNumbers",
          "alerting.watch.ToldLook",
          "alerting.watch.Watch",
          "enrichment.Pending",
          "enrichment.repair.Corrections",
          "enrichment.repair.Debt",
          "enrichment.repair.DebtIndex",
          "ingestion.DedupLog",
          "ingestion.DedupShard",
          "ingestion.DedupTable",
          "ingestion.LateRule",
          "ingestion.PartitionClock",
          "ingestion.PartitionClocks",
          "wire.Counts",
          "wire.Frontier");

  private static final DescribedPredicate<JavaClass> CORE =
      resideInAnyPackage(
              "..operators.figures",
              "..enrichment.lookup",
              "..aggregation.rows",
              "..alerting.webhooks.sending")
          .or(nameMatching(".*(Codec|Json|Options|Rules|Rule)"))
          .or(
              describe(
                  "are named cores",
                  type ->
                      CORES.contains(
                          type.getName()
                              .replaceFirst("^io\\.tillstream\\.operators\\.", "")
                              .replaceFirst("\\$.*", ""))))
          .as("cores");

  @ArchTest
  static final ArchRule CORES_KNOW_NO_ENGINE =
      noClasses().that(CORE).should().dependOnClassesThat().resideInAPackage("org.apache.flink..");

  @ArchTest
  static void everyNamedCoreIsThere(JavaClasses classes) {
    CORES.forEach(name -> classes.get("io.tillstream.operators." + name));
  }

  @ArchTest
  static final ArchRule ONLY_ROUTING_OF_OURS =
      noClasses()
          .should()
          .dependOnClassesThat(
              describe(
                  "are ours and neither in operators nor in routing",
                  type ->
                      type.getName().startsWith("io.tillstream.")
                          && !type.getName()
                              .matches("io\\.tillstream\\.(operators|routing)\\..*")));

  @ArchTest
  static final ArchRule ROOMS_WITHOUT_CYCLES =
      slices().matching("io.tillstream.operators.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NO_STREAMS_OF_OBJECTS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.io\\.Object(Input|Output)Stream|.*\\.kryo\\..*")
          .because("what is written has a Codec");

  @ArchTest
  static final ArchRule NOBODY_SLEEPS =
      noClasses()
          .that()
          // Its prober is a thread of its own, which pauses between probes and is interrupted to
          // end.
          .doNotHaveFullyQualifiedName("io.tillstream.operators.enrichment.lookup.LookupService")
          .should()
          .accessTargetWhere(
              describe(
                  "sleep",
                  access -> access.getTarget().getFullName().matches("java\\..*\\.sleep\\(.*")))
          .because("a wait has a condition and a bound");
}
