package io.tillstream.local.stack;

import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a local stack is asked to be. Immutable; made by {@link #builder}.
 *
 * @param slots all slots together; the job's parallelism
 * @param taskManagers among whom the slots are shared out evenly, the last one may have spare ones
 * @param portOffset added to every public port; {@link #FREE_PORTS} takes any free ones
 * @param window the aggregation window, the job's default if empty
 * @param lateness the allowed lateness, the job's default if empty
 * @param keep start on the data of the last run and restore the job from its newest checkpoint
 * @param partitions of the topics that carry load
 * @param taskManagerMemory as Flink writes it, for example {@code 3g}
 * @param jobOptions further options of the job, passed as {@code --key value}
 * @param flinkSettings what to set otherwise than flink-conf.yaml does, in this stack only
 * @param classpath more places of classes for the job's own class loader, each a URL that the
 *     cluster can read too, as {@code flink run -C} takes them
 * @param job whether to submit the pipeline at all
 * @param dashboard whether to start the dashboard's server
 */
public record UpOptions(
    int slots,
    int taskManagers,
    int portOffset,
    Optional<Duration> window,
    Optional<Duration> lateness,
    boolean keep,
    int partitions,
    String taskManagerMemory,
    Map<String, String> jobOptions,
    Map<String, String> flinkSettings,
    List<String> classpath,
    boolean job,
    boolean dashboard) {
  /** As {@code portOffset}: any ports that are free. */
  public static final int FREE_PORTS = -1;

  public UpOptions {
    jobOptions = sorted(jobOptions);
    flinkSettings = sorted(flinkSettings);
    classpath = List.copyOf(classpath);
    require(slots >= 1 && slots <= 128, "--slots must be 1 to 128, not " + slots);
    require(
        taskManagers >= 1 && taskManagers <= slots,
        "--taskmanagers must be 1 to the number of slots (" + slots + "), not " + taskManagers);
    require(partitions >= 1 && partitions <= 1000, "--partitions must be 1 to 1000");
    require(
        portOffset >= FREE_PORTS && portOffset <= 56_000,
        "--port-offset must be 0 to 56000, not " + portOffset);
    require(
        taskManagerMemory.matches("[1-9][0-9]{0,4}[mg]"),
        "--taskmanager-memory must be like 3g or 2500m, not " + taskManagerMemory);
  }

  public static UpOptions defaults() {
    return builder().build();
  }

  public static Builder builder() {
    return new Builder();
  }

  int slotsPerTaskManager() {
    return (slots + taskManagers - 1) / taskManagers;
  }

  private static Map<String, String> sorted(Map<String, String> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(new TreeMap<>(map)));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Collects options; every one has a default. */
  public static final class Builder {
    private int slots = 2;
    private int taskManagers = 1;
    private int portOffset;
    private Optional<Duration> window = Optional.empty();
    private Optional<Duration> lateness = Optional.empty();
    private boolean keep;
    private int partitions = 4;
    private String taskManagerMemory = "3g";
    private final Map<String, String> jobOptions = new TreeMap<>();
    private final Map<String, String> flinkSettings = new TreeMap<>();
    private final List<String> classpath = new ArrayList<>();
    private boolean job = true;
    private boolean dashboard = true;

    private Builder() {}

    public Builder slots(int value) {
      slots = value;
      return this;
    }

    public Builder taskManagers(int value) {
      taskManagers = value;
      return this;
    }

    public Builder portOffset(int value) {
      portOffset = value;
      return this;
    }

    public Builder window(Duration value) {
      window = Optional.ofNullable(value);
      return this;
    }

    public Builder lateness(Duration value) {
      lateness = Optional.ofNullable(value);
      return this;
    }

    public Builder keep(boolean value) {
      keep = value;
      return this;
    }

    public Builder partitions(int value) {
      partitions = value;
      return this;
    }

    public Builder taskManagerMemory(String value) {
      taskManagerMemory = value;
      return this;
    }

    /** One more option of the job, without its dashes: {@code enrichment.cache-ttl}. */
    public Builder jobOption(String key, String value) {
      jobOptions.put(key, value);
      return this;
    }

    /** One of Flink's own settings, for an experiment that the usual configuration forbids. */
    public Builder flinkSetting(String key, String value) {
      flinkSettings.put(key, value);
      return this;
    }

    /** One more place of classes for the job: a jar, or a directory whose URL ends in a slash. */
    public Builder classpath(URL place) {
      classpath.add(place.toString());
      return this;
    }

    /** Servers only: no job is submitted. */
    public Builder withoutJob() {
      job = false;
      return this;
    }

    /** Whether the dashboard's server belongs to the stack; it does unless this says no. */
    public Builder dashboard(boolean value) {
      dashboard = value;
      return this;
    }

    /**
     * The options, checked.
     *
     * @throws IllegalArgumentException naming the option and its bounds
     */
    public UpOptions build() {
      return new UpOptions(
          slots,
          taskManagers,
          portOffset,
          window,
          lateness,
          keep,
          partitions,
          taskManagerMemory,
          jobOptions,
          flinkSettings,
          classpath,
          job,
          dashboard);
    }
  }
}
