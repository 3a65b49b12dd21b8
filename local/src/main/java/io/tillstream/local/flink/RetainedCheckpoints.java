package io.tillstream.local.flink;

import io.tillstream.local.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what a job can start from, in the folder that the local S3 keeps its objects in. */
public final class RetainedCheckpoints {
  private static final String METADATA = "_metadata";

  private RetainedCheckpoints() {}

  /**
   * The newest completed checkpoint or savepoint as {@code s3://BUCKET/…}. A checkpoint is complete
   * when its metadata is there: Flink writes that last.
   *
   * @param s3 the folder that holds one folder a bucket
   */
  public static Optional<String> newest(Path s3, String bucket) {
    Path root = s3.resolve(bucket);
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(root, 4)) {
      return files
          .filter(file -> file.getFileName().toString().equals(METADATA))
          .max(Comparator.comparingLong(RetainedCheckpoints::modified))
          .map(file -> "s3://" + bucket + "/" + slashes(root.relativize(file.getParent())));
    } catch (IOException e) {
      throw new StackException("cannot look for checkpoints in " + root + ": " + e.getMessage(), e);
    }
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException gone) {
      return Long.MIN_VALUE;
    }
  }
}
