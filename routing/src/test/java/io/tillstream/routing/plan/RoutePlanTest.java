package io.tillstream.routing.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.routing.retry.RetryPolicy;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutePlanTest {
  private static final String GOOD =
      """
      version: 1
      routes:
        enrichment:
          primary: enrichment
          fallback: bypass
          leave_when:
            - state is failed
            - redis_probe_ms > 100 clears 50 for PT1S
          stale_after: PT4S
          dwell: PT2S
          healthy_for: PT3S
          healthy_for_max: PT16S
          calm_after: PT2M
          probe_share: 0.05
          probe_for: PT1S
          retry: {max_retries: 2, backoff: constant, initial: PT0.02S, max: PT0.2S, jitter: 0.5}
        aggregation:
          primary: backup-aggregation
          fallback: aggregation
          leave_when: [state is stale]
          stale_after: PT10S
          dwell: PT0S
          healthy_for: PT0S
          healthy_for_max: PT0S
          calm_after: PT0S
          probe_share: 0
          probe_for: PT0S
          retry:
            max_retries: 0
            backoff: exponential
            initial: PT2S
            max: PT2S
            jitter: 1
      """;

  @Test
  void readsEverything() throws PlanException {
    RoutePlan plan = RoutePlan.parse(GOOD);
    assertThat(plan.text()).isEqualTo(GOOD);
    assertThat(plan.routes()).extracting(PlannedRoute::name).isEqualTo(RoutePlan.ROUTES);
    PlannedRoute route = plan.route("enrichment");
    assertThat(route.primary()).isEqualTo("enrichment");
    assertThat(route.fallback()).isEqualTo("bypass");
    assertThat(route.leaveWhen()).hasSize(2);
    assertThat(route.staleAfter()).isEqualTo(Duration.ofSeconds(4));
    assertThat(route.dwell()).isEqualTo(Duration.ofSeconds(2));
    assertThat(route.healthyFor()).isEqualTo(Duration.ofSeconds(3));
    assertThat(route.healthyForMax()).isEqualTo(Duration.ofSeconds(16));
    assertThat(route.calmAfter()).isEqualTo(Duration.ofMinutes(2));
    assertThat(route.probeShare()).isEqualTo(0.05);
    assertThat(route.probeFor()).isEqualTo(Duration.ofSeconds(1));
    assertThat(route.retry())
        .isEqualTo(new RetryPolicy(2, Duration.ofMillis(20), 1, Duration.ofMillis(200), 0.5));
    assertThat(plan.route("aggregation").primary()).isEqualTo("backup-aggregation");
    assertThat(plan.route("aggregation").retry().factor()).isEqualTo(2);
  }

  @Test
  void theStandardOneIsTheFilePeopleCopy() throws PlanException {
    RoutePlan standard = RoutePlan.standard();
    assertThat(RoutePlan.parse(standard.text())).isEqualTo(standard);
    assertThat(standard.route("enrichment").fallback()).isEqualTo("bypass");
    assertThat(standard.route("aggregation").fallback()).isEqualTo("backup-aggregation");
    for (PlannedRoute route : standard.routes()) {
      assertThat(route.retry()).isEqualTo(RetryPolicy.standard());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dwell: PT2S|dwell: -PT5S|line 10: routes.enrichment.dwell must be PT0S..PT10M, not -PT5S",
        "dwell: PT2S|dwell: 2 s|line 10: routes.enrichment.dwell must be a duration such as PT2S, not \"2 s\"",
        "dwell: PT2S|dwell: 2|line 10: routes.enrichment.dwell must be a duration such as PT2S, not \"2\"",
        "dwell: PT2S|dwell:|line 10: routes.enrichment.dwell must be a duration such as PT2S, not empty",
        "dwell: PT2S|dwel: PT2S|line 10: routes.enrichment.dwel is unknown, must be one of primary, fallback, leave_when, stale_after, dwell, healthy_for, healthy_for_max, calm_after, probe_share, probe_for, retry",
        "dwell: PT2S|stale_after: PT2S|line 10: routes.enrichment.stale_after must be there only once",
        "'    dwell: PT2S\\n'||line 3: routes.enrichment.dwell must be there",
        "stale_after: PT4S|stale_after: PT3.9S|line 9: routes.enrichment.stale_after must be PT4S..PT10M, not PT3.9S",
        "healthy_for_max: PT16S|healthy_for_max: PT2S|line 12: routes.enrichment.healthy_for_max must be PT3S..PT1H, not PT2S",
        "calm_after: PT2M|calm_after: P2D|line 13: routes.enrichment.calm_after must be PT0S..PT24H, not P2D",
        "probe_share: 0.05|probe_share: 0.51|line 14: routes.enrichment.probe_share must be 0..0.5, not 0.51",
        "probe_share: 0.05|probe_share: .nan|line 14: routes.enrichment.probe_share must be 0..0.5, not .nan",
        "probe_share: 0.05|probe_share: '0.05'|line 14: routes.enrichment.probe_share must be a number, not \"0.05\"",
        "probe_share: 0.05|probe_share: [1]|line 14: routes.enrichment.probe_share must be a number, not a list",
        "primary: enrichment|primary: alert|line 4: routes.enrichment.primary must take an event, but alert takes a metric row",
        "fallback: bypass|fallback: backup-aggregation|line 5: routes.enrichment.fallback must take an event, but backup-aggregation takes an enriched event",
        "fallback: bypass|fallback: enrichment|line 5: routes.enrichment.fallback must be another agent than the primary, enrichment",
        "fallback: bypass|fallback: nobody|line 5: routes.enrichment.fallback must be one of ingestion, enrichment, bypass, aggregation, backup-aggregation, alert, orchestrator, not \"nobody\"",
        "fallback: bypass|fallback: true|line 5: routes.enrichment.fallback must be a string, not \"true\"",
        "fallback: aggregation|fallback: bypass|line 19: routes.aggregation.fallback must take an enriched event, but bypass takes an event",
        "max_retries: 2|max_retries: 4|line 16: routes.enrichment.retry.max_retries must be 0..3, not 4",
        "max_retries: 2|max_retries: 2.5|line 16: routes.enrichment.retry.max_retries must be an integer, not \"2.5\"",
        "max_retries: 2|max_retries: 99999999999|line 16: routes.enrichment.retry.max_retries must be 0..3, not 99999999999",
        "backoff: constant|backoff: linear|line 16: routes.enrichment.retry.backoff must be exponential or constant, not \"linear\"",
        "max: PT0.2S|max: PT2.1S|line 16: routes.enrichment.retry.max must be PT0.02S..PT2S, not PT2.1S",
        "max: PT0.2S|max: PT0.01S|line 16: routes.enrichment.retry.max must be PT0.02S..PT2S, not PT0.01S",
        "initial: PT0.02S|initial: PT0S|line 16: routes.enrichment.retry.initial must be PT0.001S..PT2S, not PT0S",
        "jitter: 0.5|jitter: 2|line 16: routes.enrichment.retry.jitter must be 0..1, not 2",
        "jitter: 1\\n|jitter: -1\\n|line 33: routes.aggregation.retry.jitter must be 0..1, not -1",
        "[state is stale]|[]|line 20: routes.aggregation.leave_when must have 1..32 conditions, not 0",
        "[state is stale]|state is stale|line 20: routes.aggregation.leave_when must be a list, not \"state is stale\"",
        "- state is failed|- state is tired|line 7: routes.enrichment.leave_when[0] must be \"state is failed\", \"state is stale\" or like \"error_rate > 0.5 clears 0.2 for PT1S\", not \"state is tired\"",
        "- state is failed|- 7|line 7: routes.enrichment.leave_when[0] must be a string, not \"7\"",
        "clears 50|clears 101|line 8: routes.enrichment.leave_when[1] must clear at or below its threshold, not \"redis_probe_ms > 100 clears 101 for PT1S\"",
        "for PT1S|for PT11M|line 8: routes.enrichment.leave_when[1] must hold for a duration of PT0S..PT10M, not \"redis_probe_ms > 100 clears 50 for PT11M\"",
        "version: 1|version: 2|line 1: version must be 1, not 2",
        "version: 1|version: one|line 1: version must be an integer, not \"one\"",
        "version: 1|verion: 1|line 1: verion is unknown, must be one of version, routes",
        "version: 1||line 2: version must be there",
        "  enrichment:\\n|  enrichmend:\\n|line 3: routes.enrichmend is unknown, must be one of enrichment, aggregation",
        "  aggregation:\\n|  alert:\\n|line 17: routes.alert is unknown, must be one of enrichment, aggregation",
        "primary: backup-aggregation|primary: {}|line 18: routes.aggregation.primary must be a string, not a mapping",
      })
  void refusesWithLineAndField(String part, String spoilt, String says) {
    String bad = GOOD.replace(newlines(part), spoilt == null ? "" : newlines(spoilt));
    assertThat(bad).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> RoutePlan.parse(bad))
        .isInstanceOf(PlanException.class)
        .hasMessage(says);
  }

  private static String newlines(String text) {
    return text.replace("\\n", "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "# nothing\n",
        "[]",
        "17",
        "version: 1\n\troutes: {}",
        "version: 1\nroutes: {",
        "version: 1\n--- \nversion: 2",
        "routes: *nobody",
        "? [a]\n: b",
        "version: 1\nroutes:\n",
        "version: !!java.lang.ProcessBuilder [\"true\"]\n",
        "a: \0",
        "\uFFFE",
        "a: \uD83D"
      })
  void refusesWhatIsNoPlan(String text) {
    assertThatThrownBy(() -> RoutePlan.parse(text))
        .isInstanceOf(PlanException.class)
        .message()
        .matches("line [0-9]+: .+")
        .doesNotContain("\n");
  }

  @Test
  void refusesWhatIsTooMuch() {
    assertThatThrownBy(() -> RoutePlan.parse("#".repeat(65_537)))
        .hasMessage("line 1: the routes must have at most 65536 characters");
    assertThatThrownBy(() -> RoutePlan.parse("[".repeat(65_000))).isInstanceOf(PlanException.class);
    assertThatThrownBy(() -> RoutePlan.parse("a: &a [*a]\n? *a\n: 1"))
        .isInstanceOf(PlanException.class);
  }

  @Test
  void anythingGetsAnAnswer() {
    SplittableRandom random = new SplittableRandom(11);
    int refused = 0;
    for (int i = 0; i < 1_000; i++) {
      StringBuilder text = new StringBuilder(GOOD);
      for (int times = random.nextInt(1, 4); times > 0; times--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, (char) random.nextInt(0x100));
          default -> text.setCharAt(at, "[]{}:-&*!|>'\"%@` \n#?".charAt(random.nextInt(20)));
        }
      }
      try {
        RoutePlan.parse(text.toString());
      } catch (PlanException e) {
        refused++;
        assertThat(e).message().startsWith("line ").doesNotContain("\n");
      }
    }
    assertThat(refused).isGreaterThan(400);
  }
}
