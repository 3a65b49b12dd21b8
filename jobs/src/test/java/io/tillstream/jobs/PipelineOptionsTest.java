package io.tillstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tillstream.jobs.options.JobOptions;
import io.tillstream.jobs.options.Option;
import io.tillstream.jobs.options.OptionException;
import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.operators.ingestion.IngestionOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PipelineOptionsTest {

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
