package io.tillstream.local.data.imports;

import io.tillstream.local.data.TextFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/** The data sets that can be read, and the one way in: files to files. */
@SuppressWarnings("ImmutableEnumChecker") // A list and a function that nobody changes.
public enum DataSet {
  ONLINE_RETAIL(OnlineRetailImport.COLUMNS, OnlineRetailImport::run),
  REES46(Rees46Import.COLUMNS, Rees46Import::run);

  /** Reads a table and writes both outputs. */
  private interface Reader {
    ImportSummary run(CsvTable table, OutputStream events, OutputStream catalog, LongConsumer done)
        throws IOException;
  }

  private final List<String> columns;
  private final Reader reader;

  DataSet(List<String> columns, Reader reader) {
    this.columns = columns;
    this.reader = reader;
  }

  /**
   * Reads {@code csv} and writes JSON lines; names ending in {@code .gz} are packed.
   *
   * @param progress told the number of lines now and then
   * @throws IOException one line for people; then neither output is left behind
   */
  public ImportSummary run(
      Path csv, Charset charset, Path events, Path catalog, LongConsumer progress)
      throws IOException {
    distinct(csv, events);
    distinct(csv, catalog);
    distinct(events, catalog);
    try (InputStream in = TextFiles.read(csv);
        CsvTable table = new CsvTable(csv.toString(), in, charset, columns)) {
      return write(table, events, catalog, progress);
    }
  }

  private ImportSummary write(CsvTable table, Path events, Path catalog, LongConsumer progress)
      throws IOException {
    boolean whole = false;
    try (OutputStream eventsOut = TextFiles.write(events);
        OutputStream catalogOut = TextFiles.write(catalog)) {
      ImportSummary summary = reader.run(table, eventsOut, catalogOut, progress);
      whole = true;
      return summary;
    } finally {
      if (!whole) {
        removeRegular(events);
        removeRegular(catalog);
      }
    }
  }

  private static void distinct(Path one, Path other) throws ImportException {
    if (one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())) {
      throw new ImportException(one + ": input, events and catalog must be three files");
    }
  }

  /** Half a file would look like a whole one; devices and pipes stay. */
  private static void removeRegular(Path file) throws IOException {
    if (Files.isRegularFile(file)) {
      Files.delete(file);
    }
  }
}
