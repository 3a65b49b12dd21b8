package io.tillstream.local.data;

import io.tillstream.local.data.traffic.CatalogLines;
import io.tillstream.local.data.traffic.LiveTraffic;
import io.tillstream.local.data.traffic.TrafficGenerator;
import io.tillstream.local.data.traffic.TrafficOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tillstream generate}: made traffic into the running stack or into a file. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Makes traffic of a shop: Zipf-skewed, with duplicates and disorder, repeatable by its seed.",
      "Without --out it goes live into shop-events of the running stack, event times now."
    })
public final class GenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--rate",
      required = true,
      paramLabel = "N",
      description = "Records a second, duplicates and dirt included.")
  private int rate;

  @Option(names = "--seconds", required = true, paramLabel = "S", description = "For how long.")
  private long seconds;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "K",
      description = "The same seed makes the same traffic (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--products",
      defaultValue = "" + TrafficOptions.DEFAULT_PRODUCTS,
      paramLabel = "P",
      description = "How many products (${DEFAULT-VALUE}).")
  private int products;

  @Option(
      names = "--users",
      defaultValue = "" + TrafficOptions.DEFAULT_USERS,
      paramLabel = "U",
      description = "How many shoppers (${DEFAULT-VALUE}).")
  private int users;

  @Option(
      names = "--duplicates",
      defaultValue = "" + TrafficOptions.DEFAULT_DUPLICATES,
      paramLabel = "F",
      description = "Share of records that come a second time, 0..0.5 (${DEFAULT-VALUE}).")
  private double duplicates;

  @Option(
      names = "--dirt",
      defaultValue = "0",
      paramLabel = "F",
      description = "Share of broken records, 0..1 (${DEFAULT-VALUE}).")
  private double dirt;

  @Option(
      names = "--catalog",
      paramLabel = "FILE",
      description = "Also write the products and shoppers, for `catalog load` (.gz packs it).")
  private Path catalog;

  @Option(
      names = "--out",
      paramLabel = "FILE|-",
      description = "Write JSON lines there as fast as it goes instead (.gz packs them).")
  private Path out;

  @Option(
      names = "--start",
      paramLabel = "INSTANT",
      description = "With --out: the time of the first event (default: now).")
  private Instant start;

  @Option(
      names = "--topic",
      defaultValue = "shop-events",
      hidden = true,
      description = "The topic, for stacks with a prefix.")
  private String topic;

  @Override
  public Integer call() throws Exception {
    TrafficOptions options = options();
    try {
      if (catalog != null) {
        try (OutputStream file = TextFiles.write(catalog)) {
          CatalogLines.write(options, file);
        }
      }
      if (out != null) {
        writeFile(options);
      } else {
        sendLive(options);
      }
      return 0;
    } catch (IOException e) {
      err().println("generate: " + e.getMessage());
      return 1;
    }
  }

  private TrafficOptions options() {
    if (seconds < 1 || seconds > 31_536_000) {
      throw usage("seconds must be between 1 and 31536000, not " + seconds);
    }
    if (start != null && out == null) {
      throw usage("--start needs --out: live traffic happens now");
    }
    try {
      return new TrafficOptions(seed, rate, products, users, duplicates, dirt);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private void writeFile(TrafficOptions options) throws IOException {
    long first = (start == null ? Instant.now() : start).toEpochMilli();
    TrafficGenerator traffic = new TrafficGenerator(options);
    long count = seconds * rate;
    try (OutputStream file = TextFiles.write(out)) {
      for (long i = 0; i < count; i++) {
        file.write(traffic.next(first + i / rate * 1000 + i % rate * 1000 / rate));
        file.write('\n');
      }
    }
    err().println("generate: wrote " + count + " records to " + out);
  }

  private void sendLive(TrafficOptions options) throws Exception {
    String kafka = RunningStack.kafka(RunningStack.folder(System.getenv()));
    try (KafkaProducer<byte[], byte[]> producer = LiveTraffic.producer(kafka)) {
      LiveTraffic live =
          new LiveTraffic(
              new TrafficGenerator(options),
              producer,
              topic,
              System::currentTimeMillis,
              System::nanoTime);
      Thread sender = Thread.currentThread();
      Thread stop = new Thread(() -> stopAndWait(live, sender), "generate-stop");
      Runtime.getRuntime().addShutdownHook(stop);
      long count = seconds * rate;
      long sent =
          live.run(
              rate,
              count,
              n -> err().printf("generate: sent %,d of %,d (%d %%)%n", n, count, 100 * n / count));
      if (sent == count) {
        removeQuietly(stop);
      }
    } catch (org.apache.kafka.common.KafkaException e) {
      throw new IOException("Kafka at " + kafka + ": " + e.getMessage(), e);
    }
  }

  private static void removeQuietly(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // Ctrl-C came just now: the hook is running already and will find us done.
    }
  }

  private static void stopAndWait(LiveTraffic live, Thread sender) {
    live.stop();
    try {
      sender.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
