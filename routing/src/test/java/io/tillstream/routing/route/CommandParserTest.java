package io.tillstream.routing.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.routing.event.ErrorClass;
import io.tillstream.routing.json.JsonRecord;
import io.tillstream.routing.plan.RoutePlan;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandParserTest {
  private static final String GOOD =
      "{\"command_id\":\"c1\",\"type\":\"route\",\"route\":\"enrichment\",\"mode\":\"fallback\","
          + "\"by\":\"ada\",\"at\":\"2026-11-24T04:00:00.123Z\"}";

  private static ParsedCommand parse(String text) {
    return CommandParser.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsACommand() {
    assertThat(parse(GOOD))
        .isEqualTo(
            new ParsedCommand.Accepted(
                new Command.SetMode("c1", "enrichment", Mode.FALLBACK, "ada")));
  }

  @Test
  void whoAndWhenMayBeAbsentAndMoreMayBeThere() {
    String bare =
        "{\"x\":{\"a\":[1]},\"mode\":\"auto\",\"route\":\"aggregation\",\"type\":\"route\","
            + "\"command_id\":\"c1\",\"by\":null}";
    assertThat(parse(bare))
        .isEqualTo(
            new ParsedCommand.Accepted(
                new Command.SetMode("c1", "aggregation", Mode.AUTO, "somebody")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c1|c1\",\"command_id\":\"c2|NOT_JSON|command_id",
        "{|[|NOT_JSON|must be one JSON object",
        "}|}}|NOT_JSON|must be one JSON object",
        "}|} x|NOT_JSON|must be one JSON object",
        "\"c1\"|17|WRONG_TYPE|command_id must be a string, was 17",
        "\"c1\"|null|MISSING_FIELD|command_id must be there",
        "c1||OUT_OF_RANGE|command_id must have 1 to 128 characters",
        "c1|\\ud83d|OUT_OF_RANGE|command_id must have no unpaired surrogates",
        "\"type\"|\"kind\"|MISSING_FIELD|type must be there",
        "\"route\",\"r|\"plans\",\"r|OUT_OF_RANGE|type must be route, routes, rules or webhook, was \"plans\"",
        "enrichment|alerts|OUT_OF_RANGE|route must be one of enrichment, aggregation, was \"alerts\"",
        "fallback|off|OUT_OF_RANGE|mode must be one of auto, primary, fallback, observe, was \"off\"",
        "fallback|FALLBACK|OUT_OF_RANGE|mode must be",
        "fallback\"|fallback\",\"y\":[}|NOT_JSON|must be one JSON object",
        "\"ada\"|{}|WRONG_TYPE|by must be a string, was {}",
        "2026-11-24T04:00:00.123Z|now|OUT_OF_RANGE|at must be an ISO-8601 instant",
      })
  void refusesWithAReason(String part, String spoilt, ErrorClass errorClass, String says) {
    String bad = GOOD.replace(part, spoilt == null ? "" : spoilt);
    assertThat(bad).isNotEqualTo(GOOD);
    assertThat(parse(bad)).isInstanceOf(ParsedCommand.Rejected.class);
    ParsedCommand.Rejected rejected = (ParsedCommand.Rejected) parse(bad);
    assertThat(rejected.error()).contains(says).doesNotContain("\n");
    assertThat(rejected.errorClass()).isEqualTo(errorClass);
  }

  @Test
  void readsRoutes() throws Exception {
    String yaml = RoutePlan.standard().text().replace("dwell: PT2S", "dwell: PT3S");
    ParsedCommand parsed = parse(routes(yaml));
    assertThat(parsed)
        .isEqualTo(
            new ParsedCommand.Accepted(
                new Command.ApplyRoutes("c1", RoutePlan.parse(yaml), "ada")));
  }

  @Test
  void refusesRoutesWithThePlansOwnWords() {
    String yaml = RoutePlan.standard().text().replace("dwell: PT2S", "dwell: -PT5S");
    assertThat(parse(routes(yaml)))
        .isInstanceOfSatisfying(
            ParsedCommand.Rejected.class,
            rejected -> {
              assertThat(rejected.errorClass()).isEqualTo(ErrorClass.OUT_OF_RANGE);
              assertThat(rejected.error())
                  .matches("line [0-9]+: routes.enrichment.dwell must be PT0S..PT10M, not -PT5S");
            });
    assertThat(parse("{\"command_id\":\"c1\",\"type\":\"routes\"}"))
        .isInstanceOfSatisfying(
            ParsedCommand.Rejected.class,
            rejected -> assertThat(rejected.error()).isEqualTo("routes must be there"));
  }

  private static String routes(String yaml) {
    return new String(
        JsonRecord.write(
            out -> {
              out.writeStringField("command_id", "c1");
              out.writeStringField("type", "routes");
              out.writeStringField("routes", yaml);
              out.writeStringField("by", "ada");
            }),
        StandardCharsets.UTF_8);
  }

  @Test
  void refusesWhatIsNoObject() {
    assertThat(CommandParser.parse(null)).isInstanceOf(ParsedCommand.Rejected.class);
    for (String text : new String[] {"", " ", "[]", "null", "17", "\"c1\"", "\uFEFF" + GOOD}) {
      assertThat(parse(text)).as(text).isInstanceOf(ParsedCommand.Rejected.class);
    }
    assertThat(CommandParser.parse(GOOD.getBytes(StandardCharsets.UTF_16)))
        .isInstanceOf(ParsedCommand.Rejected.class);
    assertThat(parse("{\"x\":" + "[".repeat(100_000))).isInstanceOf(ParsedCommand.Rejected.class);
  }

  @Test
  void anythingGetsAnAnswer() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 20_000; i++) {
      byte[] value = GOOD.getBytes(StandardCharsets.UTF_8);
      for (int times = random.nextInt(1, 5); times > 0; times--) {
        value[random.nextInt(value.length)] = (byte) random.nextInt(256);
      }
      assertThat(CommandParser.parse(value)).isNotNull();
    }
  }

  @Test
  void readsChangesOfTheAlertRules() {
    String rule =
        "{\"rule_id\":\"low\",\"dimension\":\"product\",\"metric\":\"available\","
            + "\"comparison\":\"lt\",\"threshold\":0.1}";
    ParsedCommand parsed =
        parse(
            "{\"command_id\":\"c1\",\"type\":\"rules\",\"apply\":["
                + rule
                + "],\"remove\":[\"old\"],\"by\":\"ada\"}");
    ParsedCommand.Accepted accepted = (ParsedCommand.Accepted) parsed;
    Command.ChangeRules change = (Command.ChangeRules) accepted.command();
    assertThat(change.apply()).singleElement().extracting("ruleId").isEqualTo("low");
    assertThat(change.apply().get(0).threshold()).isEqualByComparingTo("0.1");
    assertThat(change.remove()).containsExactly("old");
    assertThat(change.by()).isEqualTo("ada");
  }

  @Test
  void refusesRulesThatAreWrongWithRuleAndField() {
    String command = "{\"command_id\":\"c1\",\"type\":\"rules\",%s}";
    assertRefused(
        command.formatted("\"apply\":[{\"rule_id\":\"low\",\"dimension\":1}]"),
        "rule low: dimension must be a string, was 1");
    assertRefused(command.formatted("\"apply\":{}"), "apply must be an array of rules, was {}");
    assertRefused(command.formatted("\"remove\":[]"), "must have 1 to 1000 rules together");
    assertRefused(command.formatted("\"remove\":[1]"), "remove must be an array of strings");
    assertRefused(command.formatted("\"remove\":[\"a\",\"a\"]"), "remove must name no rule twice");
  }

  private static void assertRefused(String command, String error) {
    assertThat(parse(command))
        .isInstanceOfSatisfying(
            ParsedCommand.Rejected.class, it -> assertThat(it.error()).contains(error));
  }

  @Test
  void readsRedeliveriesAndLetsPassWhatIsSaidOfTheRules() {
    assertThat(
            parse(
                "{\"command_id\":\"c1\",\"type\":\"webhook\",\"webhook_id\":\"a-1.1\","
                    + "\"destination\":\"https://x.example\",\"body\":\"{}\"}"))
        .isEqualTo(
            new ParsedCommand.Accepted(
                new Command.Redeliver("c1", "a-1.1", "https://x.example", "{}", "somebody", null)));
    assertThat(parse("{\"type\":\"rules-in-force\",\"version\":3,\"rules\":[]}"))
        .isEqualTo(new ParsedCommand.Ignored());
  }
}
