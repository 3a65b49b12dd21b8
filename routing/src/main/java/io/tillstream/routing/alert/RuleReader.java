package io.tillstream.routing.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads rules as JSON: an array, one object, or an object with an array {@code rules}. Strict,
 * because a rule that silently means something else is found out on the night it was for.
 */
public final class RuleReader {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // Thresholds are exact, money above all.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final String RULES = "rules";

  private RuleReader() {}

  /**
   * Reads rules, in their order.
   *
   * @param json in UTF-8
   * @throws RuleException naming rule and field, if one is wrong, unknown or there twice
   */
  public static List<Rule> read(byte[] json) throws RuleException {
    JsonNode root = tree(json);
    if (!root.isObject()) {
      return rules(root, "the rules");
    }
    if (!root.has(RULES)) {
      return List.of(new RuleFields(root, 1).rule());
    }
    if (root.size() > 1) {
      throw new RuleException(
          "the rules must be an object with nothing but \"rules\", or an array");
    }
    return rules(root.get(RULES), RULES);
  }

  /**
   * Reads the rules in one field of an object; none if the field is absent or null.
   *
   * @throws RuleException naming rule and field, if one is wrong, unknown or there twice
   */
  public static List<Rule> readField(byte[] json, String field) throws RuleException {
    JsonNode root = tree(json);
    JsonNode node = root.get(field);
    return node == null || node.isNull() ? List.of() : rules(node, field);
  }

  private static List<Rule> rules(JsonNode array, String what) throws RuleException {
    if (!array.isArray()) {
      throw new RuleException(what + " must be an array of rules, was " + RuleFields.shown(array));
    }
    if (array.size() > RuleBook.MOST) {
      throw new RuleException(
          what + " must be at most " + RuleBook.MOST + " rules, was " + array.size());
    }
    List<Rule> rules = new ArrayList<>(array.size());
    Set<String> ids = new HashSet<>();
    for (JsonNode element : array) {
      Rule rule = new RuleFields(element, rules.size() + 1).rule();
      if (!ids.add(rule.ruleId())) {
        throw new RuleException(
            "rule " + rule.ruleId() + ": rule_id must be there once, was there twice");
      }
      rules.add(rule);
    }
    return List.copyOf(rules);
  }

  private static JsonNode tree(byte[] json) throws RuleException {
    if (json == null || json.length == 0) {
      throw new RuleException("the rules must be JSON, was empty");
    }
    try {
      JsonNode root =
          MAPPER.readTree(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString());
      if (root.isMissingNode()) {
        throw new RuleException("the rules must be JSON, was blank");
      }
      return root;
    } catch (CharacterCodingException e) {
      throw new RuleException("the rules must be UTF-8, has bytes that are not");
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : " (line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr()
                  + ")";
      throw new RuleException(
          "the rules must be JSON: " + RuleFields.oneLine(e.getOriginalMessage(), 200) + place);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new RuleException("the rules must be JSON: a number in it is absurd");
    }
  }
}
