package io.tillstream.local.flink;

import io.tillstream.local.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds what a job can start from, in the folder that the local S3 keeps its objects in. */
public final class RetainedCheckpoints {
  private static final String METADATA = "_metadata";

  private RetainedCheckpoints() {}

  /**
   * The checkpoints and savepoints as {@code s3://BUCKET/…}, newest first. Flink writes a
   * checkpoint's metadata last. But the newest may be cut off, if its writer was killed: S3Proxy
   * keeps what came, where S3 itself would not.
   *
   * @param s3 the folder that holds one folder a bucket
   */
  public static List<String> newestFirst(Path s3, String bucket) {
    Path root = s3.resolve(bucket);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root, 4)) {
      return files
          .filter(file -> file.getFileName().toString().equals(METADATA))
          .sorted(Comparator.comparingLong(RetainedCheckpoints::modified).reversed())
          .map(file -> "s3://" + bucket + "/" + slashes(root.relativize(file.getParent())))
          .toList();
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
