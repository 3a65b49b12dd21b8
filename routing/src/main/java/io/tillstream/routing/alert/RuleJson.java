package io.tillstream.routing.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Writes rules as {@link RuleReader} reads them. */
public final class RuleJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

  private RuleJson() {}

  /** Writes one rule as an object, every field of the contract in it. */
  public static void write(Rule rule, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("rule_id", rule.ruleId());
    out.writeStringField("description", rule.description());
    judgement(rule, out);
    out.writeStringField("severity", rule.severity().text());
    out.writeBooleanField("shadow", rule.shadow());
    out.writeStringField("webhook", rule.webhook());
    out.writeEndObject();
  }

  private static void judgement(Rule rule, JsonGenerator out) throws IOException {
    out.writeStringField("dimension", rule.dimension());
    out.writeStringField("key", rule.key());
    out.writeStringField("metric", rule.metric().name());
    out.writeStringField("comparison", rule.comparison().text());
    number("threshold", rule.threshold(), out);
    number("clear_threshold", rule.clearThreshold(), out);
    if (rule.usual() != null) {
      out.writeObjectFieldStart("usual");
      out.writeNumberField("windows", rule.usual().windows());
      out.writeEndObject();
    }
    if (rule.atLeast() != null) {
      out.writeObjectFieldStart("at_least");
      out.writeStringField("metric", rule.atLeast().metric().name());
      number("value", rule.atLeast().value(), out);
      out.writeEndObject();
    }
    if (rule.silence() != null) {
      duration("silence", rule.silence(), out);
    }
    duration("hold", rule.hold(), out);
    duration("cooldown", rule.cooldown(), out);
  }

  private static void number(String name, BigDecimal value, JsonGenerator out) throws IOException {
    out.writeFieldName(name);
    out.writeNumber(Decimals.text(value));
  }

  private static void duration(String name, Duration value, JsonGenerator out) throws IOException {
    out.writeStringField(name, value.toString());
  }

  /** All rules as one array, in UTF-8. */
  public static byte[] array(Iterable<Rule> rules) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      out.writeStartArray();
      for (Rule rule : rules) {
        write(rule, out);
      }
      out.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * A number that differs, nearly always, if two rules do in anything but their description; never
   * 0. The same in every process.
   */
  static int mark(Rule rule) {
    Rule bare =
        new Rule(
            rule.ruleId(),
            "",
            rule.dimension(),
            rule.key(),
            rule.metric(),
            rule.comparison(),
            rule.threshold(),
            rule.clearThreshold(),
            rule.hold(),
            rule.cooldown(),
            rule.severity(),
            rule.shadow(),
            rule.webhook(),
            rule.usual(),
            rule.atLeast(),
            rule.silence());
    int mark = java.util.Arrays.hashCode(array(List.of(bare)));
    return mark == 0 ? 1 : mark;
  }
}
