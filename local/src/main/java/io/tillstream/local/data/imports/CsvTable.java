package io.tillstream.local.data.imports;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A CSV file with a header (RFC 4180), read row by row. */
final class CsvTable implements Closeable {
  private final String name;
  private final CSVParser parser;
  private final Iterator<CSVRecord> rows;
  private long line;

  /**
   * Reads the header.
   *
   * @param name the file, for messages
   * @param columns the columns that must be there, in any order and among others
   */
  CsvTable(String name, InputStream in, Charset charset, List<String> columns)
      throws ImportException {
    this.name = name;
    try {
      InputStreamReader reader =
          new InputStreamReader(
              withoutMark(in),
              charset
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT));
      parser =
          CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw broken(e);
    }
    for (String column : columns) {
      if (!parser.getHeaderMap().containsKey(column)) {
        throw new ImportException(
            "%s line 1: no column %s; the header must name %s"
                .formatted(name, column, String.join(",", columns)));
      }
    }
    rows = parser.iterator();
    line = parser.getCurrentLineNumber();
  }

  /** The next row, or null at the end. */
  CsvRow next() throws ImportException {
    long at = line + 1;
    try {
      if (!rows.hasNext()) {
        return null;
      }
      CSVRecord record = rows.next();
      line = parser.getCurrentLineNumber();
      if (!record.isConsistent()) {
        throw new ImportException(
            "%s line %d: %d fields, the header has %d"
                .formatted(name, at, record.size(), parser.getHeaderMap().size()));
      }
      return new CsvRow(name, at, record);
    } catch (UncheckedIOException | IllegalStateException e) {
      throw broken(e);
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  private ImportException broken(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CharacterCodingException) {
        return new ImportException(
            "%s near line %d: not UTF-8; name another with --charset, for example ISO-8859-1"
                .formatted(name, line + 1),
            e);
      }
    }
    Throwable root = e.getCause() == null ? e : e.getCause();
    return new ImportException(
        "%s near line %d: not CSV: %s".formatted(name, line + 1, root.getMessage()), e);
  }

  /** Spreadsheets like to put a byte order mark before the first column's name. */
  private static InputStream withoutMark(InputStream in) throws IOException {
    PushbackInputStream pushback = new PushbackInputStream(in, 3);
    byte[] start = pushback.readNBytes(3);
    boolean mark =
        start.length == 3
            && start[0] == (byte) 0xEF
            && start[1] == (byte) 0xBB
            && start[2] == (byte) 0xBF;
    if (!mark) {
      pushback.unread(start);
    }
    return pushback;
  }
}
