package io.tillstream.jobs;

import io.tillstream.jobs.options.JobOptions;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** The job as it is submitted: identities, settings, boxes. Kafka is not asked for anything. */
class PipelineGraphTest {

  private static StreamExecutionEnvironment job() {
    JobOptions options = JobOptions.of("--kafka.bootstrap.servers", "127.0.0.1:1");
    StreamExecutionEnvironment env = Submit.environment(options, new Configuration());
    env.setParallelism(4);
    PipelineJob.define(env, options, Map.of(0, 0L), Instant.EPOCH);
    return env;
  }

  @Test
  void show() {
    StreamGraph graph = job().getStreamGraph(false);
    for (StreamNode n : graph.getStreamNodes()) {
      System.out.println(
          n.getTransformationUID()
              + " | "
              + n.getOperatorName()
              + " | "
              + n.getMaxParallelism()
              + " "
              + n.getParallelism());
    }
    for (JobVertex v : graph.getJobGraph().getVertices()) {
      System.out.println(v.getName() + " | " + v.getParallelism() + " " + v.getMaxParallelism());
    }
  }
}
