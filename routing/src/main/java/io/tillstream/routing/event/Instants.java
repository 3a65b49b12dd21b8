package io.tillstream.routing.event;

/**
 * Reads ISO-8601 instants: {@code yyyy-MM-ddTHH:mm[:ss[.fraction]]} with {@code Z} or an offset
 * {@code ±hh}, {@code ±hhmm} or {@code ±hh:mm} up to 18 hours. By hand, because every record has
 * one and {@code DateTimeFormatter} takes longer for it than the rest of the record takes.
 */
final class Instants {
  /** What {@link #millis} gives for a text that is no such instant. */
  static final long NONE = Long.MIN_VALUE;

  private static final int BAD = -1;
  private static final long MINUTE_MS = 60_000;
  private static final int MAX_OFFSET_MINUTES = 18 * 60;
  private static final int SHORTEST = "yyyy-MM-ddTHH:mmZ".length();

  private Instants() {}

  /** Epoch milliseconds, floored; {@link #NONE} if the text is no instant. */
  static long millis(char[] c, int offset, int length) {
    if (length < SHORTEST
        || c[offset + 4] != '-'
        || c[offset + 7] != '-'
        || (c[offset + 10] | 0x20) != 't'
        || c[offset + 13] != ':') {
      return NONE;
    }
    int century = two(c, offset);
    int yearOfCentury = two(c, offset + 2);
    int month = two(c, offset + 5);
    int day = two(c, offset + 8);
    int hour = two(c, offset + 11);
    int minute = two(c, offset + 14);
    if ((century | yearOfCentury | day | minute) < 0 || hour < 0 || hour > 23 || minute > 59) {
      return NONE;
    }
    int year = century * 100 + yearOfCentury;
    if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
      return NONE;
    }
    long millis = (epochDay(year, month, day) * 24 + hour) * 60 * MINUTE_MS + minute * MINUTE_MS;
    return withSeconds(millis, c, offset + 16, offset + length);
  }

  private static long withSeconds(long minutes, char[] c, int start, int end) {
    long millis = minutes;
    int i = start;
    if (c[i] == ':') {
      int second = i + 2 < end ? two(c, i + 1) : BAD;
      if (second < 0 || second > 59) {
        return NONE;
      }
      millis += second * 1_000L;
      i += 3;
      if (i < end && c[i] == '.') {
        int first = ++i;
        int weight = 100;
        for (; i < end && isDigit(c[i]); i++) {
          millis += (c[i] - '0') * (long) weight;
          weight /= 10; // 0 from the fourth digit on: that is the floor
        }
        if (i == first) {
          return NONE;
        }
      }
    }
    return withOffset(millis, c, i, end);
  }

  private static long withOffset(long local, char[] c, int start, int end) {
    int length = end - start;
    if (length == 1) {
      return (c[start] | 0x20) == 'z' ? local : NONE;
    }
    boolean form =
        (length == 3 || length == 5 || (length == 6 && c[start + 3] == ':'))
            && (c[start] == '+' || c[start] == '-');
    if (!form) {
      return NONE;
    }
    int hours = two(c, start + 1);
    int minutes = length == 3 ? 0 : two(c, end - 2);
    if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > MAX_OFFSET_MINUTES) {
      return NONE;
    }
    long shift = (hours * 60 + minutes) * MINUTE_MS;
    return c[start] == '+' ? local - shift : local + shift;
  }

  private static int two(char[] c, int i) {
    return isDigit(c[i]) && isDigit(c[i + 1]) ? (c[i] - '0') * 10 + c[i + 1] - '0' : BAD;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int daysIn(int year, int month) {
    if (month == 2) {
      boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
      return leap ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  // Days since 1970-01-01 in the Gregorian calendar; the year begins in March, so that the leap
  // day is its last.
  private static long epochDay(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }
}
