package io.tillstream.jobs.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobOptionsTest {
  private static final String[] KAFKA = {"--kafka.bootstrap.servers", "broker:9092"};

  @TempDir Path folder;

  private static JobOptions with(String... more) {
    String[] args = new String[KAFKA.length + more.length];
    System.arraycopy(KAFKA, 0, args, 0, KAFKA.length);
    System.arraycopy(more, 0, args, KAFKA.length, more.length);
    return JobOptions.of(args);
  }

  private static void assertRefused(ThrowingCallable what, String message) {
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(what)
        .withMessage(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void anUnknownKeyIsNamed() {
    assertRefused(() -> with("--redis.url", "x"), "--redis.url is not an option");
    assertRefused(() -> with("--kafka", "x"), "--kafka is not an option");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis.uri", "kafka.security.protocol", "properties"})
  void aKeyWithoutAValueIsNamed(String key) {
    assertRefused(() -> with("--" + key), "--" + key + " needs a value");
    assertRefused(() -> with("--" + key, "--parallelism", "2"), "--" + key + " needs a value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis.uri=redis://x", "-parallelism", "--", "word"})
  void aWordWhereAKeyShouldStandIsNamedAndNothingElse(String word) {
    assertRefused(
        () -> with("--kafka.sasl.jaas.config", "secret", word, "2"),
        "an option such as --key value must stand where " + word + " is");
  }

  @Test
  void aValueMayBeEmptyOrNegative() {
    assertThat(with("--enrichment.catalog-marker", "").text(Option.CATALOG_MARKER)).isEmpty();
    assertThat(with("--kafka.retries", "-1").kafka()).containsEntry("retries", "-1");
  }

  @Test
  void theLastOfTheSameKeyHolds() {
    assertThat(with("--topics.prefix", "a", "--topics.prefix", "b").topic("x")).isEqualTo("bx");
  }

  @Test
  void brokersAreNeeded() {
    assertRefused(
        () -> JobOptions.of().kafka(),
        "--kafka.bootstrap.servers is needed: Kafka brokers, host:port, separated by commas");
  }

  @ParameterizedTest
  @EnumSource(Option.class)
  void whatIsNotGivenHasItsDefault(Option option) {
    String expected = option == Option.BOOTSTRAP ? "broker:9092" : option.fallback();
    assertThat(with().text(option)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "PT1M, 60000",
    "90s, 90000",
    "250 ms, 250",
    "PT0.25S, 250",
    "1 h, 3600000",
    "PT24H, 86400000"
  })
  void durationsCanBeWrittenInTwoWays(String text, long millis) {
    assertThat(with("--aggregation.window", text).duration(Option.WINDOW))
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "P", "PT", "1 fortnight", "PT1M 2", "-"})
  void aBadDurationIsNamed(String text) {
    assertRefused(
        () -> with("--aggregation.window", text).duration(Option.WINDOW),
        "--aggregation.window must be a duration such as PT1M or 90s, was " + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "0 ms", "PT0.0001S"})
  void aDurationOfNothingIsNamed(String text) {
    assertRefused(
        () -> with("--aggregation.window", text).duration(Option.WINDOW),
        "--aggregation.window must be from 1 ms to 36500 d, was " + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT9223372036854775807S", "99999999999999 d", "P36501D"})
  void aDurationThatNoClockHoldsIsNamed(String text) {
    assertRefused(
        () -> with("--aggregation.window", text).duration(Option.WINDOW),
        "--aggregation.window must be from 1 ms to 36500 d, was " + text);
  }

  @Test
  void instantsAreIso() {
    assertThat(with("--ingestion.start", "2026-01-01T00:00:00Z").instant(Option.START))
        .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertRefused(
        () -> with("--ingestion.start", "yesterday").instant(Option.START),
        "--ingestion.start must be an instant such as 2026-01-01T00:00:00Z, was yesterday");
  }

  @Test
  void parallelismHasBounds() {
    assertThat(with().parallelism(128)).isZero();
    assertThat(with("--parallelism", "128").parallelism(128)).isEqualTo(128);
    for (String text : new String[] {"0", "129", "-1", "four", "1.5", "99999999999"}) {
      assertRefused(
          () -> with("--parallelism", text).parallelism(128),
          "--parallelism must be from 1 to 128, was " + text);
    }
  }

  @Test
  void everySettingOfKafkasClientsPassesThrough() {
    JobOptions options =
        with(
            "--kafka.security.protocol",
            "SASL_SSL",
            "--kafka.sasl.jaas.config",
            "Login required username=\"u\" password=\"p\";",
            "--kafka.group.id",
            "mine",
            "--topics.prefix",
            "eu-");
    assertThat(options.kafka())
        .containsOnly(
            Map.entry("bootstrap.servers", "broker:9092"),
            Map.entry("security.protocol", "SASL_SSL"),
            Map.entry("sasl.jaas.config", "Login required username=\"u\" password=\"p\";"),
            Map.entry("group.id", "mine"));
    assertThat(options.text(Option.GROUP)).isEqualTo("mine");
    assertThat(options.topic("shop-events")).isEqualTo("eu-shop-events");
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("shop.properties"), text).toString();
  }

  @Test
  void aPropertiesFileHoldsTheSameKeysAndArgumentsWin() throws IOException {
    String file =
        file(
            """
            # a shop
            kafka.bootstrap.servers=file:9092
            kafka.security.protocol=SSL
            topics.prefix=eu-
            aggregation.window=30s
            """);
    JobOptions options = JobOptions.of("--topics.prefix", "us-", "--properties", file);
    assertThat(options.text(Option.BOOTSTRAP)).isEqualTo("file:9092");
    assertThat(options.kafka()).containsEntry("security.protocol", "SSL");
    assertThat(options.topic("control")).isEqualTo("us-control");
    assertThat(options.duration(Option.WINDOW)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aPropertiesFileIsCheckedLikeArguments() throws IOException {
    String file = file("redis.url=redis://x\n");
    assertRefused(() -> with("--properties", file), "--redis.url is not an option");
    String nested = file("properties=other\n");
    assertRefused(() -> with("--properties", nested), "--properties is not an option of a file");
  }

  @Test
  void aPropertiesFileThatCannotBeReadIsNamed() throws IOException {
    String missing = folder.resolve("missing.properties").toString();
    String broken = file("redis.uri=\\u12\n");
    for (String bad : List.of(missing, broken, folder.toString())) {
      assertRefused(
          () -> with("--properties", bad),
          "--properties must be a file that can be read, was " + bad);
    }
  }

  @Test
  void aPropertiesFileIsUtf8() throws IOException {
    String file = file("redis.uri=redis://:geheimnis-ключ@host\n");
    assertThat(with("--properties", file).text(Option.REDIS_URI))
        .isEqualTo("redis://:geheimnis-ключ@host");
  }
}
