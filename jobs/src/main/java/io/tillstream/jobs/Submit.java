package io.tillstream.jobs;

import io.tillstream.checkpointing.settings.Essentials;
import io.tillstream.jobs.kafka.KafkaUnreachableException;
import io.tillstream.jobs.options.JobOptions;
import io.tillstream.jobs.options.OptionException;
import java.util.function.BiConsumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What every job's submit has in common: options, settings, and one clear line for a mistake. */
final class Submit {
  private static final int WRONG_USAGE = 2;
  private static final int FAILED = 1;

  private Submit() {}

  @SuppressWarnings("SystemOut") // a submit speaks to a person
  static void run(
      String[] args, BiConsumer<StreamExecutionEnvironment, JobOptions> build, String name)
      throws Exception {
    try {
      JobOptions options = JobOptions.of(args);
      StreamExecutionEnvironment env = environment(options, new Configuration());
      build.accept(env, options);
      env.execute(name);
    } catch (OptionException e) {
      System.err.println("tillstream: " + e.getMessage());
      System.exit(WRONG_USAGE);
    } catch (KafkaUnreachableException e) {
      System.err.println("tillstream: " + e.getMessage());
      System.exit(FAILED);
    }
  }

  /** An environment with the settings that every job needs, laid over the cluster's. */
  static StreamExecutionEnvironment environment(JobOptions options, Configuration cluster) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(cluster);
    env.configure(Essentials.over(env.getConfiguration()));
    int parallelism = options.parallelism(Essentials.MAX_PARALLELISM);
    if (parallelism > 0) {
      env.setParallelism(parallelism);
    }
    return env;
  }
}
