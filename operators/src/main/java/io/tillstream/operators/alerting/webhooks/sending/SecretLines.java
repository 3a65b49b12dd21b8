package io.tillstream.operators.alerting.webhooks.sending;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a secrets file: {@code KEY=SECRET} or {@code KEY=SECRET SECRET}; the key is a URL, a
 * host or {@code *}. Read by hand and not by {@code java.util.Properties}, for which a key ends at
 * the colon of {@code https:}; what that class writes is understood all the same.
 */
final class SecretLines {
  /** The key for every destination that has none of its own. */
  static final String ANY = "*";

  private static final Pattern LINE = Pattern.compile("(\\S.*?)\\s*[=:]\\s*(whsec_.*)");
  private static final Pattern ESCAPE = Pattern.compile("\\\\([:=#!\\\\ ])");
  private static final int MOST = 2;

  private final Map<String, List<Secret>> secrets = new HashMap<>();
  private final List<String> complaints = new ArrayList<>();

  /** The secrets in a text; lines that hold none are complained of, not thrown for. */
  static SecretLines of(String text) {
    SecretLines lines = new SecretLines();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String bare = line.strip();
      if (!bare.isEmpty() && bare.charAt(0) != '#' && bare.charAt(0) != '!') {
        lines.read(number, ESCAPE.matcher(bare).replaceAll("$1"));
      }
    }
    return lines;
  }

  private void read(int number, String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      complaints.add("line " + number + " must be URL, host or * = whsec_…");
      return;
    }
    try {
      secrets.put(key(matcher.group(1)), secrets(matcher.group(2)));
    } catch (IllegalArgumentException e) {
      complaints.add("line " + number + ": " + e.getMessage());
    }
  }

  /** One or two secrets, separated by blanks. */
  static List<Secret> secrets(String text) {
    String[] parts = text.strip().split("\\s+", -1);
    if (parts.length > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " secrets may stand together");
    }
    List<Secret> found = new ArrayList<>();
    for (String part : parts) {
      found.add(Secret.of(part));
    }
    return List.copyOf(found);
  }

  /** The secrets of a destination: by its URL, else its host, else any; null if there are none. */
  List<Secret> of(Destination destination) {
    List<Secret> byUrl = secrets.get(destination.text());
    List<Secret> byHost = byUrl == null ? secrets.get(destination.host()) : byUrl;
    return byHost == null ? secrets.get(ANY) : byHost;
  }

  /** What is wrong with the text, without anything secret in it. */
  List<String> complaints() {
    return complaints;
  }

  private static String key(String text) {
    return text.contains("/") ? text : text.toLowerCase(Locale.ROOT);
  }
}
