package io.tillstream.local.data.imports;

import java.math.BigDecimal;
import org.apache.commons.csv.CSVRecord;

/** One row of a table and where it stands, with the checks of the contract. */
final class CsvRow {
  private static final int LONGEST_ID = 128;
  private static final BigDecimal LIMIT = BigDecimal.TEN.pow(12);

  private final String file;
  private final long line;
  private final CSVRecord record;

  CsvRow(String file, long line, CSVRecord record) {
    this.file = file;
    this.line = line;
    this.record = record;
  }

  /** The line in the file where this row begins; the header is line 1. */
  long line() {
    return line;
  }

  /** The field without blanks around it; empty if nothing stands there. */
  String text(String field) {
    return record.get(field).strip();
  }

  /** A field of 1..128 characters. */
  String id(String field) throws ImportException {
    return id(field, LONGEST_ID);
  }

  String id(String field, int longest) throws ImportException {
    String text = text(field);
    if (text.isEmpty() || text.length() > longest) {
      throw wrong(field, "must have 1 to " + longest + " characters");
    }
    return text;
  }

  /** An id of 1..128 characters, or null if nothing stands there. */
  String optionalId(String field) throws ImportException {
    return text(field).isEmpty() ? null : id(field);
  }

  /** A whole number of at most 1,000,000 either way. */
  int quantity(String field) throws ImportException {
    int value;
    try {
      value = Integer.parseInt(text(field));
    } catch (NumberFormatException e) {
      throw wrong(field, "must be a whole number");
    }
    if (Math.abs((long) value) > 1_000_000) {
      throw wrong(field, "must be at most 1,000,000 either way");
    }
    return value;
  }

  /** A price, perhaps negative, of at most 6 decimals and below 10^12. */
  BigDecimal price(String field) throws ImportException {
    String text = text(field);
    BigDecimal value;
    try {
      value = new BigDecimal(text.length() > 40 ? "too long" : text);
    } catch (NumberFormatException e) {
      throw wrong(field, "must be a decimal number");
    }
    if (value.signum() != 0 && value.precision() - value.scale() > 12) {
      throw wrong(field, "must be below 10^12");
    }
    if (value.signum() != 0 && value.stripTrailingZeros().scale() > 6) {
      throw wrong(field, "must have at most 6 decimals");
    }
    return value.stripTrailingZeros().scale() < 0 || value.scale() > 6
        ? value.setScale(Math.max(0, value.stripTrailingZeros().scale()))
        : value;
  }

  /** Refuses a line whose amount the contract does not allow. */
  void checkAmount(String field, BigDecimal price, int quantity) throws ImportException {
    if (price.multiply(BigDecimal.valueOf(quantity)).compareTo(LIMIT) >= 0) {
      throw wrong(field, "times the price must be below 10^12");
    }
  }

  ImportException wrong(String field, String rule) {
    String text = record.get(field);
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return new ImportException(
        "%s line %d: %s %s, not '%s'".formatted(file, line, field, rule, shown));
  }
}
