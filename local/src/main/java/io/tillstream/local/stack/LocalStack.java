package io.tillstream.local.stack;

import io.tillstream.local.flink.FlinkConfiguration;
import io.tillstream.local.flink.FlinkDistribution;
import io.tillstream.local.flink.FlinkRest;
import io.tillstream.local.flink.JobJar;
import io.tillstream.local.flink.JobSubmitter;
import io.tillstream.local.flink.RetainedCheckpoints;
import io.tillstream.local.layout.Bucket;
import io.tillstream.local.layout.Endpoints;
import io.tillstream.local.layout.Home;
import io.tillstream.local.layout.Ports;
import io.tillstream.local.layout.RunDirectory;
import io.tillstream.local.process.ProcessMemory;
import io.tillstream.local.process.Processes;
import io.tillstream.local.process.ServerProcess;
import io.tillstream.local.process.StackException;
import io.tillstream.local.process.Wait;
import io.tillstream.local.server.DashboardServer;
import io.tillstream.local.server.JobManager;
import io.tillstream.local.server.KafkaServer;
import io.tillstream.local.server.RedisServer;
import io.tillstream.local.server.S3Server;
import io.tillstream.local.server.Server;
import io.tillstream.local.server.TaskManager;
import io.tillstream.local.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The whole local stack: {@link #up} starts it, {@link #attach} finds the one that runs, {@link
 * #kill} and {@link #start} harm and mend it, {@link #close} stops all of it. Every process
 * outlives this JVM unless closed.
 */
public final class LocalStack implements AutoCloseable {
  public static final String PIPELINE = "io.tillstream.jobs.PipelineJob";
  private static final Duration RUNNING = Duration.ofSeconds(60);

  private final Home home;
  private final RunDirectory run;
  private final Setup setup;
  private final Processes processes;
  private final FlinkRest rest;
  private final FlinkDistribution flink;
  private Endpoints endpoints;

  private LocalStack(Home home, RunDirectory run, Setup setup, Endpoints endpoints) {
    this.home = home;
    this.run = run;
    this.setup = setup;
    this.endpoints = endpoints;
    this.processes = new Processes(run.path());
    this.rest = new FlinkRest(endpoints.flink());
    this.flink = new FlinkDistribution(home, run, processes);
  }

  /** Starts a stack in the usual run directory, silently. */
  public static LocalStack up(UpOptions options) {
    Home home = Home.find();
    return up(home, home.run(), options, line -> {});
  }

  /**
   * Starts a stack and returns when its job runs. Stops everything again if that fails or if this
   * JVM is asked to end meanwhile.
   *
   * @param progress takes one line for each thing done
   */
  public static LocalStack up(
      Home home, RunDirectory run, UpOptions options, Consumer<String> progress) {
    try (StackLock lock = StackLock.take(run)) {
      List<ServerProcess> alive = new Processes(run.path()).alive();
      if (!alive.isEmpty()) {
        throw new StackException(
            "a stack is up already in "
                + run.path()
                + " ("
                + alive.get(0).name()
                + ", pid "
                + alive.get(0).pid()
                + "): bin/tillstream down stops it");
      }
      if (options.job()) {
        JobJar.check(home.jobJar());
      }
      Memory.require(options);
      boolean anyPorts = options.portOffset() == UpOptions.FREE_PORTS;
      int taskManagers = options.taskManagers();
      Ports ports =
          anyPorts
              ? Ports.free(taskManagers)
              : Ports.withOffset(options.portOffset(), taskManagers);
      ports.requireFree(options.dashboard());
      run.prepare(options.keep());
      Setup setup = new Setup(options, ports);
      setup.write(run);
      LocalStack stack = new LocalStack(home, run, setup, Endpoints.of(ports));
      Thread onExit = new Thread(stack::stop, "stop-what-was-started");
      Runtime.getRuntime().addShutdownHook(onExit);
      boolean done = false;
      try {
        stack.startAll(progress);
        done = true;
        return stack;
      } catch (StackException e) {
        // Whatever failed then, failed because everything was being stopped.
        throw stack.processes.isClosed() ? new StackException("stopped before it was up", e) : e;
      } finally {
        if (!done) {
          stack.stop();
        }
        removeHook(onExit);
      }
    }
  }

  /** The stack that runs in the usual run directory. */
  public static LocalStack attach() {
    Home home = Home.find();
    return attach(home, home.run());
  }

  /**
   * The stack that runs in that directory.
   *
   * @throws StackException if none is up there
   */
  public static LocalStack attach(Home home, RunDirectory run) {
    return new LocalStack(home, run, Setup.read(run), Endpoints.read(run));
  }

  /**
   * Stops whatever runs in that directory, a start under way included.
   *
   * @return whether anything was running
   */
  public static boolean down(RunDirectory run) {
    if (!Files.isDirectory(run.path())) {
      return false;
    }
    try (StackLock lock = StackLock.takeOver(run)) {
      Processes processes = new Processes(run.path());
      boolean any = !processes.alive().isEmpty();
      processes.stopAll();
      forget(run);
      return any;
    }
  }

  /** Addresses, and the id of the job that was submitted last. */
  public Endpoints endpoints() {
    return endpoints;
  }

  public UpOptions options() {
    return setup.options();
  }

  public RunDirectory run() {
    return run;
  }

  public FlinkRest rest() {
    return rest;
  }

  /** Whether a process of the stack is alive at all. */
  public boolean alive() {
    return !processes.alive().isEmpty();
  }

  /** The names of the TaskManagers that should be there, {@code taskmanager-1} first. */
  public List<String> taskManagers() {
    return taskManagerServers().stream().map(Server::name).toList();
  }

  /**
   * SIGKILL; of several TaskManagers the first one alive dies.
   *
   * @return the name of the process that was killed
   */
  public String kill(Part part) {
    try (StackLock lock = StackLock.take(run)) {
      for (Server server : servers(part)) {
        Optional<ServerProcess> process = processes.find(server.name());
        if (process.isPresent()) {
          process.get().kill();
          return server.name();
        }
      }
    }
    throw new StackException(part + " is not running");
  }

  /**
   * SIGSTOP to all processes of that part: they hang, and their connections stay open.
   *
   * @see #resume
   */
  public void pause(Part part) {
    running(part).forEach(ServerProcess::pause);
  }

  /** SIGCONT to what {@link #pause} stopped. */
  public void resume(Part part) {
    running(part).forEach(ServerProcess::resume);
  }

  private List<ServerProcess> running(Part part) {
    try (StackLock lock = StackLock.take(run)) {
      List<ServerProcess> found =
          servers(part).stream().flatMap(s -> processes.find(s.name()).stream()).toList();
      if (found.isEmpty()) {
        throw new StackException(part + " is not running");
      }
      return found;
    }
  }

  /**
   * Starts again what was killed, on its data, and returns when it serves. For the JobManager that
   * means: the job was submitted anew from its newest checkpoint, and runs.
   *
   * @return the name of the process that was started
   */
  public String start(Part part) {
    try (StackLock lock = StackLock.take(run)) {
      for (Server server : servers(part)) {
        if (processes.find(server.name()).isEmpty()) {
          server.awaitServing(server.launch());
          if (part == Part.JOBMANAGER && setup.options().job()) {
            awaitSlots();
            resubmit(RetainedCheckpoints.newest(run.s3(), Bucket.NAME), true);
          }
          return server.name();
        }
      }
    }
    throw new StackException(part + " is running already");
  }

  /**
   * Submits the pipeline on a stack that was started without it, from now on as the stack's job.
   * Returns when all its tasks run.
   */
  public void startJob() {
    try (StackLock lock = StackLock.take(run)) {
      resubmit(Optional.empty(), false);
    }
  }

  /**
   * Submits another main class of the job jar, without remembering it as the stack's job.
   *
   * @param arguments as on the command line
   * @return the job's id; all its tasks run
   */
  public String submit(String mainClass, List<String> arguments) {
    JobSubmitter submitter = submitter();
    String id = submitter.submit(home.jobJar(), mainClass, arguments, Optional.empty());
    submitter.awaitRunning(id, RUNNING);
    return id;
  }

  /** The pipeline's own arguments on this stack. */
  public List<String> pipelineArguments() {
    return new JobArguments(setup.options(), endpoints, run.webhookSecrets()).words();
  }

  @Override
  public void close() {
    down(run);
  }

  private void stop() {
    processes.stopAll();
    forget(run);
  }

  private void startAll(Consumer<String> progress) {
    FlinkConfiguration.install(
        home,
        run,
        setup.ports(),
        new FlinkConfiguration.Sizes(
            setup.options().slotsPerTaskManager(),
            setup.options().taskManagerMemory(),
            Memory.JOB_MANAGER),
        setup.options().flinkSettings());
    PrometheusFile.write(run, setup);
    WebhookSecrets.write(run, setup.options().keep());
    List<Server> servers = new ArrayList<>();
    servers.addAll(servers(Part.KAFKA));
    servers.addAll(servers(Part.REDIS));
    servers.addAll(servers(Part.S3));
    servers.addAll(servers(Part.JOBMANAGER));
    servers.addAll(taskManagerServers());
    if (setup.options().dashboard()) {
      servers.addAll(servers(Part.DASHBOARD));
    }
    Starter.startAll(
        servers,
        progress,
        server -> {
          if (server instanceof KafkaServer) {
            Topics.create(endpoints.kafka(), setup.options().partitions());
          }
        });
    endpoints.write(run);
    if (setup.options().job()) {
      Optional<String> from =
          setup.options().keep()
              ? RetainedCheckpoints.newest(run.s3(), Bucket.NAME)
              : Optional.empty();
      from.ifPresent(path -> progress.accept("restoring the job from " + path));
      resubmit(from, setup.options().keep());
      progress.accept("the job runs: " + endpoints.flink());
    }
  }

  /**
   * @param rowsAreOut whether an earlier job may have published rows that this one must supersede
   */
  private void resubmit(Optional<String> from, boolean rowsAreOut) {
    List<String> arguments = new ArrayList<>(pipelineArguments());
    if (rowsAreOut && from.isEmpty()) {
      arguments.addAll(List.of("--aggregation.supersede-from", "earliest"));
    }
    JobSubmitter submitter = submitter();
    String id = submitter.submit(home.jobJar(), PIPELINE, arguments, from);
    endpoints = endpoints.withJob(id);
    endpoints.write(run);
    submitter.awaitRunning(id, RUNNING);
  }

  private void awaitSlots() {
    int slots = setup.options().slots();
    Wait.until(
        Duration.ofSeconds(90),
        "the TaskManagers register with " + slots + " free slots",
        () -> rest.overview().path("slots-available").asInt() >= slots);
  }

  private JobSubmitter submitter() {
    return new JobSubmitter(flink, run, processes, rest, setup.options().classpath());
  }

  private List<Server> servers(Part part) {
    return switch (part) {
      case KAFKA -> List.of(new KafkaServer(home, run, setup.ports(), processes));
      case REDIS -> List.of(new RedisServer(run, setup.ports(), processes));
      case S3 -> List.of(new S3Server(home, run, setup.ports(), processes));
      case JOBMANAGER ->
          List.of(new JobManager(flink, processes, rest, setup.ports().metrics().get(0)));
      case TASKMANAGER -> taskManagerServers();
      case DASHBOARD -> List.of(new DashboardServer(home, run, setup.ports(), processes));
    };
  }

  private List<Server> taskManagerServers() {
    List<Server> all = new ArrayList<>();
    for (int number = 1; number <= setup.options().taskManagers(); number++) {
      all.add(new TaskManager(number, flink, processes, rest, setup.ports().metrics().get(number)));
    }
    return all;
  }

  /**
   * The memory that part takes now and took at most.
   *
   * @throws StackException if it is not running
   */
  public ProcessMemory memory(Part part) {
    return ProcessMemory.of(running(part).get(0).pid());
  }

  /** The log folder of a server's process, for messages. */
  public Path logs() {
    return run.logs();
  }

  private static void forget(RunDirectory run) {
    try {
      Files.deleteIfExists(run.endpoints());
      Files.deleteIfExists(run.setup());
    } catch (IOException e) {
      throw new StackException("cannot clean " + run.path() + ": " + e.getMessage(), e);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException endingAlready) {
      // The hook runs right now, and does the same as we would.
    }
  }
}
