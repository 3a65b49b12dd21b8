package io.tillstream.routing.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleReaderTest {
  private static final String GOOD =
      "{'rule_id':'low','dimension':'product','key':'*','metric':'available','comparison':'lt',"
          + "'threshold':10}";

  private static List<Rule> read(String json) throws RuleException {
    return RuleReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static String with(String field, String value) {
    String rest = GOOD.replaceAll("'" + field + "':('[^']*'|[0-9]+),?", "").replace(",}", "}");
    return "{'" + field + "':" + value + "," + rest.substring(1);
  }

  @Test
  void whatIsNotSaidHasItsDefault() throws RuleException {
    Rule rule = read(GOOD).get(0);
    assertThat(rule)
        .isEqualTo(
            new Rule(
                "low",
                "",
                "product",
                "*",
                new Metric("available"),
                Comparison.LT,
                BigDecimal.TEN,
                BigDecimal.TEN,
                Duration.ZERO,
                Duration.ofMinutes(5),
                Severity.WARNING,
                false,
                null,
                null,
                null,
                null));
  }

  @Test
  void rulesComeAloneInAnArrayAndUnderTheirName() throws RuleException {
    assertThat(read(GOOD)).hasSize(1).isEqualTo(read("[" + GOOD + "]"));
    assertThat(read("{'rules':[" + GOOD + "]}")).isEqualTo(read(GOOD));
    assertThat(read("[]")).isEmpty();
  }

  @Test
  void moneyIsExact() throws RuleException {
    String rule =
        "{'rule_id':'m','dimension':'shop','metric':'revenue.USD','comparison':'gt','threshold':";
    for (String number : List.of("123456789012345.123456789", "'123456789012345.123456789'")) {
      assertThat(read(rule + number + "}").get(0).threshold())
          .isEqualTo(new BigDecimal("123456789012345.123456789"));
    }
    assertThat(read(rule + "1e3}").get(0).threshold()).isEqualTo(new BigDecimal("1000"));
    assertThat(read(rule + "'25.00'}").get(0).threshold()).isEqualTo(new BigDecimal("25"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rule_id|'a b'|rule #1: rule_id must be 1 to 64 characters of A-Za-z0-9._-, was \"a b\"",
        "rule_id|null|rule #1: rule_id must be 1 to 64 characters of A-Za-z0-9._-, was null",
        "rule_id|7|rule #1: rule_id must be a string, was 7",
        "threshold|'x'|rule low: threshold must be a number of at most 15 digits and 9 decimals,"
            + " was \"x\"",
        "threshold|1e999999999|rule low: threshold must be a number of at most 15 digits and 9"
            + " decimals, was 1E+999999999",
        "threshold|null|rule low: threshold must be a number of at most 15 digits and 9 decimals,"
            + " was null",
        "clear_threshold|9|rule low: clear_threshold must be at least the threshold 10 with lt,"
            + " was 9",
        "dimension|'planet'|rule low: dimension must be one of category, product, segment, shop,"
            + " was \"planet\"",
        "dimension|'shop'|rule low: metric must be a number that rows of dimension shop have, was"
            + " \"available\"",
        "metric|'orders'|rule low: metric must be a number that rows of dimension product have,"
            + " was \"orders\"",
        "metric|'revenue.usd'|rule low: metric must be a number of shop-metrics, such as views or"
            + " revenue.USD, was \"revenue.usd\"",
        "comparison|'eq'|rule low: comparison must be one of ge, gt, le, lt, was \"eq\"",
        "key|''|rule low: key must be * or one key of 1 to 256 characters, was \"\"",
        "hold|'PT1H0.001S'|rule low: hold must be a duration of PT0S to PT1H such as PT30S, was"
            + " \"PT1H0.001S\"",
        "hold|'-PT1S'|rule low: hold must be a duration of PT0S to PT1H such as PT30S, was"
            + " \"-PT1S\"",
        "hold|5|rule low: hold must be a string, was 5",
        "cooldown|'P2D'|rule low: cooldown must be a duration of PT0S to PT24H such as PT30S, was"
            + " \"P2D\"",
        "severity|'loud'|rule low: severity must be one of critical, info, warning, was \"loud\"",
        "shadow|'yes'|rule low: shadow must be true or false, was \"yes\"",
        "webhook|'ftp://x'|rule low: webhook must be an http or https URL of at most 2048"
            + " characters, was \"ftp://x\"",
        "webhook|'https://me:secret@x/'|rule low: webhook must be a URL without user info, was one"
            + " with",
        "webhook|'http:///x'|rule low: webhook must be an http or https URL of at most 2048"
            + " characters, was \"http:///x\"",
        "usual|{'windows':0}|rule low: usual.windows must be an integer from 1 to 100, was 0",
        "usual|{'window':9}|rule low: usual.window is unknown, fields must be among windows",
        "usual|3|rule low: usual must be an object such as {\"windows\":10}, was 3",
        "at_least|{'metric':'views'}|rule low: at_least.value must be a number of at most 15 digits"
            + " and 9 decimals, was absent",
        "silence|'PT5M'|rule low: silence must be absent with a metric that does not add up, such"
            + " as a rate, was \"PT5M\"",
        "description|'a\\u0007'|rule low: description must be text without control characters, was"
            + " \"a\\u0007\"",
      })
  void aRefusalNamesRuleAndField(String field, String value, String message) {
    assertThatThrownBy(() -> read(with(field, value)))
        .isInstanceOf(RuleException.class)
        .hasMessage(message);
  }

  @Test
  void unknownFieldsAndDoubleIdsAreRefused() {
    assertThatThrownBy(() -> read(GOOD.replace("threshold", "treshold")))
        .hasMessageStartingWith("rule low: treshold is unknown, fields must be among rule_id, ");
    assertThatThrownBy(() -> read("[" + GOOD + "," + GOOD + "]"))
        .hasMessage("rule low: rule_id must be there once, was there twice");
    assertThatThrownBy(() -> read("[" + GOOD + ",{}]"))
        .hasMessageStartingWith("rule #2: rule_id must be ");
    assertThatThrownBy(() -> read("{'rules':[],'x':1}")).isInstanceOf(RuleException.class);
    assertThatThrownBy(() -> read("[" + (GOOD + ",").repeat(500) + GOOD + "]"))
        .hasMessage("the rules must be at most 500 rules, was 501");
    assertThatThrownBy(() -> read(with("description", "'" + "x".repeat(513) + "'")))
        .hasMessageStartingWith("rule low: description must be at most 512 characters, was ");
    assertThatThrownBy(() -> read("{'rule_id':'a','rule_id':'a'}"))
        .hasMessageContaining("Duplicate field 'rule_id' (line 1");
  }

  @Test
  void silenceHasNoThresholdOfItsOwn() throws RuleException {
    String rule = "{'rule_id':'s','dimension':'shop','metric':'purchases','silence':'PT5M'";
    Rule silent = read(rule + "}").get(0);
    assertThat(silent.threshold()).isEqualByComparingTo("0");
    assertThat(silent.comparison()).isEqualTo(Comparison.LE);
    assertThat(read(rule + ",'threshold':0,'comparison':'le'}")).containsExactly(silent);
    assertThatThrownBy(() -> read(rule + ",'threshold':5}"))
        .hasMessage("rule s: threshold must be 0 or absent beside silence, was 5");
    assertThatThrownBy(() -> read(rule + ",'comparison':'gt'}"))
        .hasMessage("rule s: comparison must be one of le, was \"gt\"");
    assertThatThrownBy(() -> read(rule + ",'usual':{'windows':3}}"))
        .hasMessageStartingWith("rule s: usual must be absent beside silence");
    assertThatThrownBy(() -> read(rule.replace("'purchases'", "'purchases','key':'x'") + "}"))
        .hasMessage("rule s: key must be all or * with dimension shop, was \"x\"");
  }

  @Test
  void whatIsWrittenIsReadTheSame() throws RuleException {
    List<Rule> rules = RuleBook.BUILT_IN.rules();
    assertThat(RuleReader.read(RuleJson.array(rules))).isEqualTo(rules);
    Rule rule =
        read("{'rule_id':'m','description':'a \uD83D\uDE00','dimension':'shop','key':'all',"
                + "'metric':'revenue.USD','comparison':'ge','threshold':0.000000001,"
                + "'clear_threshold':-5,'hold':'PT0.5S','cooldown':'PT0S','shadow':true,"
                + "'severity':'critical','webhook':'https://x.example/y?z=1',"
                + "'at_least':{'metric':'views','value':1.5}}")
            .get(0);
    assertThat(RuleReader.read(RuleJson.array(List.of(rule)))).containsExactly(rule);
  }

  @Test
  void theRulesOfACommandAreInOneOfItsFields() throws RuleException {
    byte[] command =
        ("{'x':1,'apply':[" + GOOD + "]}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    assertThat(RuleReader.readField(command, "apply")).isEqualTo(read(GOOD));
    assertThat(RuleReader.readField(command, "remove")).isEmpty();
    assertThatThrownBy(() -> RuleReader.readField(command, "x"))
        .hasMessage("x must be an array of rules, was 1");
  }

  @Test
  void theBookReplacesAddsAndRemoves() throws RuleException {
    RuleBook book = RuleBook.BUILT_IN.apply(read(GOOD));
    assertThat(book.version()).isEqualTo(1);
    assertThat(book.rules()).hasSize(6);
    RuleBook other = book.apply(read(GOOD.replace("10", "9")));
    assertThat(other.rules()).hasSize(6);
    assertThat(other.rules().get(5).threshold()).isEqualByComparingTo("9");
    RuleBook fewer = other.remove(List.of("low", "low-stock"));
    assertThat(fewer.version()).isEqualTo(3);
    assertThat(fewer.rules()).hasSize(4);
    assertThatThrownBy(() -> fewer.remove(List.of("low")))
        .hasMessage("rule low: rule_id must be that of a rule in force, was unknown");
  }
}
