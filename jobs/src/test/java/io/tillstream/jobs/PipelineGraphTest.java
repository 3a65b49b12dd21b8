package io.tillstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tillstream.checkpointing.identity.Uids;
import io.tillstream.checkpointing.settings.Essentials;
import io.tillstream.jobs.options.JobOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.transformations.PhysicalTransformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The job as it is submitted: identities, settings, boxes. Kafka is asked nothing. */
class PipelineGraphTest {
  private static final List<String> FIRST_WORDS =
      List.of(
          "Ingestion",
          "Enrichment",
          "Aggregation",
          "Backup aggregation",
          "Orchestrator",
          "Alert",
          "shop-metrics",
          "shop-trending",
          "shop-alerts",
          "control",
          "route-decisions",
          "dead-letters",
          "late-events");

  private static StreamExecutionEnvironment job() {
    return job(new Configuration());
  }

  private static StreamExecutionEnvironment job(Configuration cluster) {
    return job(cluster, "kafka");
  }

  private static StreamExecutionEnvironment job(Configuration cluster, String bus) {
    JobOptions options =
        JobOptions.of(
            "--kafka.bootstrap.servers", "127.0.0.1:1", "--parallelism", "4", "--bus", bus);
    StreamExecutionEnvironment env = Submit.environment(options, cluster);
    PipelineJob.define(
        env,
        options,
        io.tillstream.jobs.PipelineOptions.of(options),
        new PipelineJob.LookBack(Map.of(0, 0L), Map.of()),
        Instant.EPOCH);
    return env;
  }

  private static StreamGraph graph() {
    return job().getStreamGraph(false);
  }

  static List<String> uids() {
    return List.copyOf(Uids.all());
  }

  static List<String> ownUids() {
    return job().getTransformations().stream()
        .filter(PhysicalTransformation.class::isInstance)
        .map(Transformation::getUid)
        .toList();
  }

  @Test
  void everyOperatorHasAUidOfTheList() {
    assertThat(graph().getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .doesNotContainNull()
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(Uids.all());
  }

  private static List<String> boxes(StreamGraph graph) {
    List<String> names = new ArrayList<>();
    graph.getJobGraph().getVertices().forEach(vertex -> names.add(vertex.getName()));
    return names;
  }

  @Test
  void theBusMakesNoDifferenceToTheGraph() {
    StreamGraph other = job(new Configuration(), "redis").getStreamGraph(false);
    assertThat(other.getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .containsExactlyInAnyOrderElementsOf(Uids.all());
    assertThat(boxes(other)).containsExactlyInAnyOrderElementsOf(boxes(graph()));
  }

  @ParameterizedTest
  @MethodSource("ownUids")
  void withoutOneOfThemTheJobIsNotBuilt(String uid) {
    StreamExecutionEnvironment env = job();
    env.getTransformations().stream()
        .filter(operator -> uid.equals(operator.getUid()))
        .forEach(operator -> operator.setUid(null));
    assertThatIllegalStateException()
        .isThrownBy(() -> env.getStreamGraph(false))
        .withMessageContaining("no UID");
  }

  @ParameterizedTest
  @MethodSource("uids")
  void everyUidHasAMeaningOfOneLine(String uid) {
    assertThat(Uids.meaning(uid)).isNotBlank().doesNotContain("\n");
  }

  @Test
  void aStrangersUidHasNoMeaning() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Uids.meaning("sink"))
        .withMessage("no operator has the uid sink");
  }

  @Test
  void keyGroupsAre128Everywhere() {
    assertThat(graph().getStreamNodes())
        .allSatisfy(node -> assertThat(node.getMaxParallelism()).isEqualTo(128));
    assertThat(graph().getJobGraph().getVertices())
        .allSatisfy(vertex -> assertThat(vertex.getMaxParallelism()).isEqualTo(128));
    assertThat(Essentials.MAX_PARALLELISM).isEqualTo(128);
  }

  @Test
  void noClusterSwitchesKryoOrGeneratedUidsBackOn() {
    Configuration cluster = new Configuration();
    cluster.set(PipelineOptions.GENERIC_TYPES, true);
    cluster.set(PipelineOptions.AUTO_GENERATE_UIDS, true);
    cluster.set(PipelineOptions.MAX_PARALLELISM, 720);
    StreamExecutionEnvironment env = job(cluster);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(
            () ->
                new GenericTypeInfo<>(StringBuilder.class)
                    .createSerializer(env.getConfig().getSerializerConfig()))
        .withMessageContaining("Generic types have been disabled");
    assertThat(env.getConfig().hasAutoGeneratedUIDsEnabled()).isFalse();
    assertThat(env.getConfig().isObjectReuseEnabled()).isTrue();
    assertThat(env.getMaxParallelism()).isEqualTo(128);
  }

  @Test
  void everyNameBeginsWithAnAgentOrATopic() {
    assertThat(graph().getStreamNodes())
        .extracting(node -> node.getOperatorName().replaceFirst("^Source: ", ""))
        .allSatisfy(name -> assertThat(name.split(":")[0]).isIn(FIRST_WORDS));
  }

  /** What the web UI draws as boxes, and which operators share one. */
  @Test
  void theseAreTheChains() {
    assertThat(graph().getJobGraph().getVertices())
        .extracting(JobVertex::getName)
        .containsExactlyInAnyOrder(
            "Source: Ingestion: source -> Ingestion: read and parse",
            "Ingestion: deduplicate and route -> late-events: Writer -> late-events: Committer",
            "Enrichment: look up -> Aggregation: pre-sum",
            "Aggregation: bypass defaults -> Aggregation: pre-sum",
            "Enrichment: repair",
            "Aggregation: carts",
            "Aggregation: sums -> (Alert: rows, shop-metrics: Writer -> shop-metrics: Committer)",
            "Backup aggregation: pre-sum -> Backup aggregation: dead letters",
            "Backup aggregation: sums -> "
                + "(Alert: rows, shop-metrics: Writer -> shop-metrics: Committer)",
            "Alert: rules -> control: Writer -> control: Committer",
            "Alert: watch -> shop-alerts: Writer -> shop-alerts: Committer",
            "Alert: webhooks",
            "Aggregation: local trends",
            "Aggregation: trending -> shop-trending: Writer -> shop-trending: Committer",
            "Source: Orchestrator: control",
            "Source: Orchestrator: reports",
            "Orchestrator: decide -> (Orchestrator: dead letters, "
                + "route-decisions: Writer -> route-decisions: Committer)",
            "dead-letters: Writer -> dead-letters: Committer");
  }
}
