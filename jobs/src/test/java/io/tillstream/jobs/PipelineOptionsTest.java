package io.tillstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tillstream.jobs.options.JobOptions;
import io.tillstream.jobs.options.Option;
import io.tillstream.jobs.options.OptionException;
import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.operators.ingestion.IngestionOptions;
import io.tillstream.routing.plan.RoutePlan;
import io.tillstream.routing.retry.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PipelineOptionsTest {
  @TempDir Path folder;

  private static PipelineOptions of(String... more) {
    return PipelineOptions.of(JobOptions.of(more));
  }

  static List<Option> durations() {
    return Arrays.stream(Option.values())
        .filter(option -> option.fallback() != null && option.fallback().startsWith("PT"))
        .toList();
  }

  @Test
  void theDefaultsAreTheAgents() {
    PipelineOptions options = of();
    assertThat(options.ingestion()).isEqualTo(IngestionOptions.DEFAULT);
    assertThat(options.aggregation()).isEqualTo(AggregationOptions.defaults());
    assertThat(options.carts().timeout()).isEqualTo(Duration.ofMinutes(30).toMillis());
    assertThat(options.enrichment().lookup().cacheTtl()).isEqualTo(Duration.ofMinutes(10));
    assertThat(options.enrichment().lookup().unknownTtl()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.enrichment().repair().horizon()).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void windowAndLatenessAreTheSameForAll() {
    PipelineOptions options = of("--aggregation.window", "10s", "--aggregation.lateness", "20s");
    assertThat(options.ingestion().window()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.ingestion().lateness()).isEqualTo(Duration.ofSeconds(20));
    assertThat(options.aggregation().window()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.aggregation().lateness()).isEqualTo(Duration.ofSeconds(20));
    assertThat(options.carts().window()).isEqualTo(10_000);
    assertThat(options.carts().lateness()).isEqualTo(20_000);
  }

  @Test
  void latenessMustBeShorterThanTheDedupWindow() {
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(() -> of("--aggregation.lateness", "PT5M"))
        .withMessage(
            "aggregation.lateness must be shorter than ingestion.dedup-window (PT5M), was PT5M");
  }

  @Test
  void anEmptyMarkerSwitchesTheCheckOff() {
    assertThat(of("--enrichment.catalog-marker", "").enrichment().redis().catalogKey()).isEmpty();
  }

  @Test
  void theBusIsKafkaUnlessRedisIsWanted() {
    assertThat(of().bus()).isEqualTo(Bus.Kind.KAFKA);
    assertThat(of("--bus", "redis").bus()).isEqualTo(Bus.Kind.REDIS);
    for (String none : new String[] {"", "Redis", "pigeons"}) {
      assertThatExceptionOfType(OptionException.class)
          .isThrownBy(() -> of("--bus", none))
          .withMessage("--bus must be kafka or redis, was " + none);
    }
  }

  @Test
  void theRoutesAreTheStandardOnesUnlessAFileSaysOtherwise() throws IOException {
    assertThat(of().plan()).isEqualTo(RoutePlan.standard());
    RetryPolicy standard = RoutePlan.standard().route(RoutePlan.ENRICHMENT).retry();
    assertThat(of().enrichment().lookup().retry()).isEqualTo(standard);

    String other = RoutePlan.standard().text().replaceFirst("max_retries: 3", "max_retries: 1");
    PipelineOptions options = of("--routes", file(other));
    assertThat(options.plan().text()).isEqualTo(other);
    assertThat(options.enrichment().lookup().retry().maxRetries()).isEqualTo(1);
    assertThat(options.plan().route(RoutePlan.AGGREGATION).retry().maxRetries()).isEqualTo(3);
  }

  @Test
  void routesThatAreWrongAreRefusedInOneLine() throws IOException {
    String missing = folder.resolve("missing.yaml").toString();
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(() -> of("--routes", missing))
        .withMessage("--routes must be a file that can be read, was " + missing);

    String text = RoutePlan.standard().text();
    String file = file(text.replaceFirst("probe_share: 0.05", "probe_share: 5"));
    long line = text.lines().takeWhile(each -> !each.contains("probe_share")).count() + 1;
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(() -> of("--routes", file))
        .withMessage(
            "routes: %s: line %d: routes.enrichment.probe_share must be 0..0.5, not 5"
                .formatted(file, line));
    String noText = file(text);
    Files.write(Path.of(noText), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(() -> of("--routes", noText))
        .satisfies(e -> assertThat(e.getMessage()).contains(noText).doesNotContain("\n"));
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("routes.yaml"), text).toString();
  }

  @ParameterizedTest
  @MethodSource("durations")
  void extremesAreTakenOrRefusedInOneLine(Option option) {
    for (String value : new String[] {"1 ms", "P36500D"}) {
      try {
        assertThat(of("--" + option.key(), value)).isNotNull();
      } catch (OptionException e) {
        assertThat(e.getMessage()).contains(option.key(), " must be ").doesNotContain("\n");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("durations")
  void nonsenseIsRefusedUnderItsName(Option option) {
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(() -> of("--" + option.key(), "soon"))
        .withMessage("--" + option.key() + " must be a duration such as PT1M or 90s, was soon");
  }
}
