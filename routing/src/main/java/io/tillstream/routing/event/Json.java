package io.tillstream.routing.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/** Jackson as the input contract wants it: strict about the form, patient with what is ignored. */
final class Json {
  /** Objects and arrays within each other, the record itself counted. */
  static final int MAX_DEPTH = 1_000;

  // A factory remembers up to 6,000 names for good. Longer records get one of their own, so that
  // nobody fills the memory with names of a megabyte.
  private static final int SHARED_FACTORY_BYTES = 2_048;

  // Jackson's remark that it does not show the record.
  private static final String NO_SOURCE =
      "Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); ";

  private Json() {}

  static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                // Ignored fields may hold anything; what we keep has bounds of its own.
                .maxStringLength(Integer.MAX_VALUE)
                .maxNumberLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build())
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
        .build();
  }

  /** A parser of a record that passed {@link #checkText}. */
  static JsonParser parser(JsonFactory shared, byte[] value) throws IOException {
    JsonFactory factory = value.length <= SHARED_FACTORY_BYTES ? shared : factory();
    return factory.createParser(value);
  }

  /**
   * Checks what Jackson would not: that there are bytes, that they are UTF-8 throughout, and that
   * nothing in front makes it guess another encoding.
   */
  static void checkText(byte[] value) throws NotJson {
    if (value == null || value.length == 0) {
      throw new NotJson("the record must be one JSON object, was empty");
    }
    if (value[0] == 0 || (value.length > 1 && value[1] == 0)) {
      throw new NotJson("the record must be UTF-8, begins with a zero byte as UTF-16 or UTF-32");
    }
    if (!Utf8.isValid(value)) {
      throw new NotJson("the record must be UTF-8, has bytes that are not");
    }
    if (value[0] == (byte) 0xEF && startsWithMark(value)) {
      throw new NotJson("the record must be UTF-8 without a byte order mark");
    }
  }

  private static boolean startsWithMark(byte[] value) {
    return value.length >= 3 && value[1] == (byte) 0xBB && value[2] == (byte) 0xBF;
  }

  /** Jackson's complaint in one line. */
  static String reason(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage());
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return Complaint.line(line.replace(NO_SOURCE, ""), 200);
  }
}
