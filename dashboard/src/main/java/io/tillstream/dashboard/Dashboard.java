package io.tillstream.dashboard;

import io.tillstream.dashboard.kafka.KafkaAddress;
import io.tillstream.dashboard.kafka.TopicFollower;
import io.tillstream.dashboard.live.Board;
import io.tillstream.dashboard.live.Broadcaster;
import io.tillstream.dashboard.view.View;
import io.tillstream.dashboard.web.Metrics;
import io.tillstream.dashboard.web.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The dashboard's server as a program. */
@Command(
    name = "dashboard",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows what Tillstream counts, live: reads its topics and serves a page, a JSON API and a"
          + " WebSocket.",
      "Ends with 0 when it is told to stop, 1 on a failure, 2 on wrong usage."
    })
public final class Dashboard implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Spec private CommandSpec spec;

  @Option(
      names = "--kafka.bootstrap.servers",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:9092",
      description = "Where Kafka is (${DEFAULT-VALUE}).")
  private String bootstrap;

  @Option(
      names = "--topics.prefix",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "What all topics' names begin with (nothing).")
  private String prefix;

  @Option(
      names = "--kafka-properties",
      paramLabel = "FILE",
      description = "More settings of Kafka's clients, such as credentials.")
  private Path kafkaProperties;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Where to listen (${DEFAULT-VALUE}: this machine only).")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "0 for any that is free (${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Its first line is asked for at every address but /healthz, as Authorization: Bearer …"
              + " or ?token=….")
  private Path tokenFile;

  @Option(names = "--no-token", description = "Let others than this machine in without a token.")
  private boolean noToken;

  @Option(
      names = "--flink",
      paramLabel = "URL",
      description = "Flink's REST address; with it checkpoints and restarts are shown.")
  private String flink;

  /** Starts a server and stays until it is told to stop. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return new CommandLine(new Dashboard())
        .setParameterExceptionHandler(
            (wrong, words) -> {
              wrong.getCommandLine().getErr().println("dashboard: " + wrong.getMessage());
              return 2;
            })
        .setExecutionExceptionHandler(
            (failure, line, result) -> {
              line.getErr().println("dashboard: " + oneLine(failure));
              return 1;
            })
        .execute(arguments);
  }

  private static String oneLine(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.lines().findFirst().orElse("");
  }

  @Override
  public Integer call() throws Exception {
    if (port < 0 || port > 65_535) {
      throw wrong("--port must be from 0 to 65535, was " + port);
    }
    boolean loopback = isLoopback();
    if (!loopback && tokenFile == null && !noToken) {
      throw wrong(
          "--host "
              + host
              + " lets other machines in: give --token-file, or --no-token if that is meant");
    }
    if (tokenFile != null && noToken) {
      throw wrong("--token-file and --no-token exclude each other");
    }
    String token = tokenFile == null ? null : token();
    KafkaAddress kafka = new KafkaAddress(bootstrap, prefix, kafkaSettings());
    Clock clock = Clock.systemUTC();
    Board board = new Board(View::new);
    CountDownLatch stop = new CountDownLatch(1);
    try (Broadcaster broadcaster =
            new Broadcaster(board, clock, System::nanoTime, PATIENCE.toNanos());
        TopicFollower follower = new TopicFollower(kafka, board, clock);
        WebServer server =
            new WebServer(board, broadcaster, new Metrics(), clock, token, loopback)) {
      int listening = server.start(host, port);
      broadcaster.start();
      follower.start();
      String shown = host.contains(":") ? "[" + host + "]" : host;
      spec.commandLine().getOut().println("dashboard: http://" + shown + ":" + listening + "/");
      spec.commandLine().getOut().flush();
      Runtime.getRuntime().addShutdownHook(stopping(stop, Thread.currentThread()));
      stop.await();
    }
    return 0;
  }

  // The process must not end before the main thread has closed everything.
  private static Thread stopping(CountDownLatch stop, Thread main) {
    return new Thread(
        () -> {
          stop.countDown();
          try {
            main.join(5_000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        "stop");
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw wrong("--host " + host + " is no address of this machine");
    }
  }

  private String token() {
    try {
      String token = Files.readString(tokenFile).lines().findFirst().orElse("").strip();
      if (token.length() < 16) {
        throw wrong(
            "--token-file " + tokenFile + " must begin with a line of 16 characters or more");
      }
      return token;
    } catch (IOException e) {
      throw wrong("--token-file " + tokenFile + " cannot be read: " + e.getMessage());
    }
  }

  private Properties kafkaSettings() {
    Properties properties = new Properties();
    if (kafkaProperties != null) {
      try (InputStream in = Files.newInputStream(kafkaProperties)) {
        properties.load(in);
      } catch (IOException | IllegalArgumentException e) {
        throw wrong("--kafka-properties " + kafkaProperties + " cannot be read: " + e.getMessage());
      }
    }
    return properties;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
