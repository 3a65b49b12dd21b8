package io.tillstream.local.topics;

import io.tillstream.local.process.StackException;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Opens what a command is given as a file: {@code -} is standard input, {@code .gz} is unpacked.
 */
public final class InputFile {
  private static final int BUFFER = 1 << 16;

  private InputFile() {}

  /**
   * Opens it.
   *
   * @throws StackException with one line if there is no such file, or it is no gzip
   */
  public static InputStream open(String name) {
    if (name.equals("-")) {
      return System.in;
    }
    Path path = Path.of(name);
    if (!Files.isRegularFile(path) && !Files.isReadable(path)) {
      throw new StackException("cannot read " + name + ": no such file");
    }
    if (Files.isDirectory(path)) {
      throw new StackException("cannot read " + name + ": it is a folder");
    }
    try {
      InputStream in = new FileInputStream(name);
      return name.endsWith(".gz")
          ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER)
          : in;
    } catch (IOException e) {
      throw new StackException("cannot read " + name + ": " + e.getMessage(), e);
    }
  }
}
