package io.tillstream.routing.alert;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The fields of one rule, each with its bound. A refusal names the rule and the field. */
final class RuleFields {
  private static final List<String> FIELDS =
      List.of(
          "rule_id",
          "description",
          "dimension",
          "key",
          "metric",
          "comparison",
          "threshold",
          "clear_threshold",
          "hold",
          "cooldown",
          "severity",
          "shadow",
          "webhook",
          "usual",
          "at_least",
          "silence");
  private static final Set<String> DIMENSIONS =
      Set.of(Rule.PRODUCT, "category", "segment", Rule.SHOP);
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int MAX_DESCRIPTION = 512;
  private static final int MAX_KEY = 256;
  private static final int MAX_ADDRESS = 2_048;
  private static final int MAX_WINDOWS = 100;
  private static final int MAX_DIGITS = 15;
  private static final int MAX_DECIMALS = 9;
  private static final Duration LONGEST_HOLD = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration COOLDOWN = Duration.ofMinutes(5);
  private static final int SHOWN = 64;

  private final JsonNode node;
  private String name;

  /**
   * The fields of a rule.
   *
   * @param place of the rule in its array, from 1: its name until it has told one
   */
  RuleFields(JsonNode node, int place) {
    this.node = node;
    this.name = "#" + place;
  }

  Rule rule() throws RuleException {
    if (!node.isObject()) {
      throw new RuleException("rule " + name + " must be an object, was " + shown(node));
    }
    String ruleId = text("rule_id", null);
    if (ruleId == null || !ID.matcher(ruleId).matches()) {
      throw wrong("rule_id", "1 to 64 characters of A-Za-z0-9._-");
    }
    name = ruleId;
    onlyKnown(node, "", FIELDS);
    String description = text("description", "");
    if (description.codePointCount(0, description.length()) > MAX_DESCRIPTION) {
      throw wrong("description", "at most " + MAX_DESCRIPTION + " characters");
    }
    String dimension = word("dimension", DIMENSIONS, null);
    String key = key(dimension);
    Metric metric = metric("metric", node.get("metric"), dimension);
    Duration silence = silence(metric);
    Comparison comparison = comparison(silence);
    Usual usual = usual(silence);
    BigDecimal threshold = threshold(silence, usual);
    return new Rule(
        ruleId,
        description,
        dimension,
        key,
        metric,
        comparison,
        threshold,
        clearThreshold(comparison, threshold),
        duration("hold", Duration.ZERO, LONGEST_HOLD, Duration.ZERO),
        duration("cooldown", Duration.ZERO, DAY, COOLDOWN),
        Severity.ofText(word("severity", Set.of("info", "warning", "critical"), "warning")),
        flag("shadow"),
        webhook(),
        usual,
        atLeast(dimension),
        silence);
  }

  private void onlyKnown(JsonNode object, String within, List<String> known) throws RuleException {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String field = names.next();
      if (!known.contains(field)) {
        throw new RuleException(
            "rule "
                + name
                + ": "
                + within
                + oneLine(field, SHOWN)
                + " is unknown, fields must be among "
                + String.join(", ", known));
      }
    }
  }

  private String key(String dimension) throws RuleException {
    String key = text("key", Rule.EVERY_KEY);
    if (key.isEmpty() || key.codePointCount(0, key.length()) > MAX_KEY) {
      throw wrong("key", "* or one key of 1 to " + MAX_KEY + " characters");
    }
    if (dimension.equals(Rule.SHOP) && !key.equals("all") && !key.equals(Rule.EVERY_KEY)) {
      throw wrong("key", "all or * with dimension shop");
    }
    return key;
  }

  private Metric metric(String field, JsonNode value, String dimension) throws RuleException {
    Metric metric = value != null && value.isTextual() ? Metric.ofText(value.textValue()) : null;
    if (metric == null) {
      throw wrong(field, "a number of shop-metrics, such as views or revenue.USD", value);
    }
    if (!metric.isIn(dimension)) {
      throw wrong(field, "a number that rows of dimension " + dimension + " have", value);
    }
    return metric;
  }

  private Comparison comparison(Duration silence) throws RuleException {
    if (silence == null) {
      return Comparison.ofText(word("comparison", Set.of("lt", "le", "gt", "ge"), null));
    }
    return Comparison.ofText(word("comparison", Set.of("le"), "le"));
  }

  private BigDecimal threshold(Duration silence, Usual usual) throws RuleException {
    if (silence != null) {
      BigDecimal threshold = has("threshold") ? decimal("threshold") : BigDecimal.ZERO;
      if (threshold.signum() != 0) {
        throw wrong("threshold", "0 or absent beside silence");
      }
      return threshold;
    }
    BigDecimal threshold = decimal("threshold");
    if (usual != null && threshold.signum() <= 0) {
      throw wrong("threshold", "above 0 beside usual");
    }
    return threshold;
  }

  private BigDecimal clearThreshold(Comparison comparison, BigDecimal threshold)
      throws RuleException {
    if (!has("clear_threshold")) {
      return threshold;
    }
    BigDecimal clear = decimal("clear_threshold");
    int side = clear.compareTo(threshold);
    if (comparison.isUpward() ? side > 0 : side < 0) {
      throw wrong(
          "clear_threshold",
          (comparison.isUpward() ? "at most" : "at least")
              + " the threshold "
              + threshold.toPlainString()
              + " with "
              + comparison.text());
    }
    return clear;
  }

  private Usual usual(Duration silence) throws RuleException {
    JsonNode usual = field("usual");
    if (usual == null) {
      return null;
    }
    if (silence != null) {
      throw wrong("usual", "absent beside silence");
    }
    if (!usual.isObject()) {
      throw wrong("usual", "an object such as {\"windows\":10}");
    }
    onlyKnown(usual, "usual.", List.of("windows"));
    JsonNode windows = usual.get("windows");
    boolean good =
        windows != null
            && windows.isInt()
            && windows.intValue() >= 1
            && windows.intValue() <= MAX_WINDOWS;
    if (!good) {
      throw wrong("usual.windows", "an integer from 1 to " + MAX_WINDOWS, windows);
    }
    return new Usual(windows.intValue());
  }

  private AtLeast atLeast(String dimension) throws RuleException {
    JsonNode atLeast = field("at_least");
    if (atLeast == null) {
      return null;
    }
    if (!atLeast.isObject()) {
      throw wrong("at_least", "an object such as {\"metric\":\"views\",\"value\":100}");
    }
    onlyKnown(atLeast, "at_least.", List.of("metric", "value"));
    return new AtLeast(
        metric("at_least.metric", atLeast.get("metric"), dimension),
        decimal("at_least.value", atLeast.get("value")));
  }

  private Duration silence(Metric metric) throws RuleException {
    if (!has("silence")) {
      return null;
    }
    if (!metric.isSum()) {
      throw wrong("silence", "absent with a metric that does not add up, such as a rate");
    }
    return duration("silence", SECOND, DAY, null);
  }

  private Duration duration(String field, Duration least, Duration most, Duration absent)
      throws RuleException {
    if (!has(field)) {
      return absent;
    }
    String bound = "a duration of " + least + " to " + hours(most) + " such as PT30S";
    String text = text(field, "");
    Duration duration;
    try {
      duration = Duration.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw wrong(field, bound);
    }
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      throw wrong(field, bound);
    }
    return duration;
  }

  private static String hours(Duration duration) {
    return "PT" + duration.toHours() + "H";
  }

  private String webhook() throws RuleException {
    String text = text("webhook", null);
    if (text == null) {
      return null;
    }
    String bound = "an http or https URL of at most " + MAX_ADDRESS + " characters";
    if (text.length() > MAX_ADDRESS) {
      throw wrong("webhook", bound);
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw wrong("webhook", bound);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0) {
      // Not shown: there may be a password in it.
      throw new RuleException(
          "rule " + name + ": webhook must be a URL without user info, was one with");
    }
    if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
      throw wrong("webhook", bound);
    }
    return text;
  }

  private boolean has(String field) {
    return field(field) != null;
  }

  private JsonNode field(String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? null : value;
  }

  private String text(String field, String absent) throws RuleException {
    JsonNode value = field(field);
    if (value == null) {
      return absent;
    }
    if (!value.isTextual()) {
      throw wrong(field, "a string");
    }
    String text = value.textValue();
    if (text.codePoints().anyMatch(c -> Character.isISOControl(c) || isSurrogate(c))) {
      throw wrong(field, "text without control characters");
    }
    return text;
  }

  // Among code points only those without a partner are left.
  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  private String word(String field, Set<String> words, String absent) throws RuleException {
    String word = text(field, absent);
    if (word == null || !words.contains(word)) {
      throw wrong(field, "one of " + String.join(", ", new TreeSet<>(words)));
    }
    return word;
  }

  private boolean flag(String field) throws RuleException {
    JsonNode value = field(field);
    if (value != null && !value.isBoolean()) {
      throw wrong(field, "true or false");
    }
    return value != null && value.booleanValue();
  }

  private BigDecimal decimal(String field) throws RuleException {
    return decimal(field, node.get(field));
  }

  private BigDecimal decimal(String field, JsonNode value) throws RuleException {
    String bound =
        "a number of at most " + MAX_DIGITS + " digits and " + MAX_DECIMALS + " decimals";
    BigDecimal number;
    try {
      if (value != null && value.isNumber()) {
        number = value.decimalValue();
      } else if (value != null && value.isTextual() && value.textValue().length() <= 32) {
        number = new BigDecimal(value.textValue());
      } else {
        throw wrong(field, bound, value);
      }
    } catch (NumberFormatException e) {
      throw wrong(field, bound, value);
    }
    BigDecimal plain = number.stripTrailingZeros();
    if ((long) plain.precision() - plain.scale() > MAX_DIGITS || plain.scale() > MAX_DECIMALS) {
      throw wrong(field, bound, value);
    }
    return Decimals.plain(plain);
  }

  private RuleException wrong(String field, String bound) {
    return wrong(field, bound, node.get(field));
  }

  private RuleException wrong(String field, String bound, JsonNode was) {
    return new RuleException(
        "rule " + name + ": " + field + " must be " + bound + ", was " + shown(was));
  }

  static String shown(JsonNode was) {
    return was == null || was.isMissingNode() ? "absent" : oneLine(was.toString(), SHOWN);
  }

  static String oneLine(String text, int limit) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && i < limit; i++) {
      char c = text.charAt(i);
      boolean plain = c >= 0x20 && c != 0x7F && !Character.isSurrogate(c);
      out.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
    return text.length() > limit ? out.append('…').toString() : out.toString();
  }
}
