package io.tillstream.dashboard;

import io.tillstream.dashboard.flink.FlinkWatch;
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
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean stopped;

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
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
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
    try (Broadcaster broadcaster =
            new Broadcaster(board, clock, System::nanoTime, PATIENCE.toNanos());
        TopicFollower follower = new TopicFollower(kafka, board, clock);
        FlinkWatch watch = flink == null ? null : new FlinkWatch(flinkAddress(), board);
        WebServer server =
            new WebServer(
                board,
                broadcaster,
                new Metrics(board, broadcaster, follower::records, follower::rejected, clock),
                clock,
                token,
                loopback)) {
      int listening = server.start(host, port);
      broadcaster.start();
      follower.start();
      if (watch != null) {
        watch.start();
      }
      String shown = host.contains(":") ? "[" + host + "]" : host;
      spec.commandLine().getOut().println("dashboard: http://" + shown + ":" + listening + "/");
      spec.commandLine().getOut().flush();
      Runtime.getRuntime().addShutdownHook(stopping());
      stop.await();
      stopped = true;
    } finally {
      ended.countDown();
    }
    return 0;
  }

  // The process must not end before everything is closed; to be told to stop is no failure.
  private Thread stopping() {
    return new Thread(
        () -> {
          stop.countDown();
          try {
            if (ended.await(5, TimeUnit.SECONDS) && stopped) {
              Runtime.getRuntime().halt(0);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        "stop");
  }

  private URI flinkAddress() {
    try {
      URI address = new URI(flink);
      if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
        return address;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw wrong("--flink must be an address such as http://127.0.0.1:8081, was " + flink);
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
