package io.tillstream.local.data;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Files of lines, packed with gzip when their name ends in {@code .gz}; {@code -} is stdout. */
public final class TextFiles {
  private static final int BUFFER = 1 << 16;

  private TextFiles() {}

  /** Opens a file to read; one that does not exist is an {@link IOException} that names it. */
  public static InputStream read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no such file");
    }
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    if (!packed(file)) {
      return in;
    }
    try {
      return new GZIPInputStream(in, BUFFER);
    } catch (IOException e) {
      in.close();
      throw new IOException(file + ": not a gzip file: " + e.getMessage(), e);
    }
  }

  /** Opens a file to write, making its folder; the caller closes it. */
  public static OutputStream write(Path file) throws IOException {
    if (file.toString().equals("-")) {
      return new BufferedOutputStream(new Unclosed(System.out), BUFFER);
    }
    OutputStream out;
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      out = Files.newOutputStream(file);
    } catch (FileSystemException e) {
      throw new IOException(file + ": cannot be written: " + reason(e), e);
    }
    return new BufferedOutputStream(packed(file) ? new GZIPOutputStream(out, BUFFER) : out, BUFFER);
  }

  private static String reason(FileSystemException e) {
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }

  private static boolean packed(Path file) {
    return file.toString().endsWith(".gz");
  }

  /** Standard output stays open for whoever comes next. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
