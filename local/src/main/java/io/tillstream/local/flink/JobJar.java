package io.tillstream.local.flink;

import io.tillstream.local.process.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Checks the shaded jar as Flink's own documentation asks: no Flink runtime class inside. */
public final class JobJar {
  /** The connector is no part of Flink's distribution, so the job has to bring it. */
  private static final List<String> ALLOWED =
      List.of(
          "org/apache/flink/connector/kafka/",
          "org/apache/flink/streaming/connectors/kafka/",
          // The connector brings this one package of its own under a name that is Flink\'s.
          "org/apache/flink/streaming/util/serialization/");

  private JobJar() {}

  /**
   * Reads the jar's directory.
   *
   * @throws StackException naming the first class that must not be there
   */
  public static void check(Path jar) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Optional<String> intruder =
          zip.stream().map(ZipEntry::getName).filter(JobJar::belongsToFlink).findFirst();
      if (intruder.isPresent()) {
        throw new StackException(
            jar.getFileName()
                + " holds "
                + intruder.get()
                + ", which the cluster already has: mark Flink's artifacts as provided");
      }
    } catch (IOException e) {
      throw new StackException("cannot read the job jar " + jar + ": " + e.getMessage(), e);
    }
  }

  static boolean belongsToFlink(String entry) {
    return entry.startsWith("org/apache/flink/")
        && entry.endsWith(".class")
        && ALLOWED.stream().noneMatch(entry::startsWith);
  }
}
