package io.tillstream.operators.alerting.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsFileTest {
  @TempDir Path folder;
  private long written;

  private static String key(int number) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) number);
    return "whsec_" + Base64.getEncoder().encodeToString(bytes);
  }

  private static String signature(List<Secret> secrets) {
    return Signer.sign("id", 1, new byte[0], secrets);
  }

  private static String signatureOf(int... numbers) {
    return signature(Arrays.stream(numbers).mapToObj(n -> Secret.of(key(n))).toList());
  }

  private static String signature(Secrets secrets, String url) throws RefusedException {
    return signature(secrets.of(Destination.of(url)));
  }

  private Path write(String... lines) throws IOException {
    Path file = Files.write(folder.resolve("secrets"), List.of(lines));
    written += 1_000; // two writes within one tick of the file system's clock
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_795_492_800_000L + written));
    return file;
  }

  @Test
  void findsASecretByUrlThenByHostThenForAny() throws Exception {
    Path file =
        write(
            "# a comment",
            "",
            "https://shop.example/hook?token=a=b = " + key(1),
            "Shop.Example=" + key(2),
            "* = " + key(3));
    Secrets secrets = new SecretsFile(file.toString(), null);
    assertThat(signature(secrets, "https://shop.example/hook?token=a=b")).isEqualTo(signatureOf(1));
    assertThat(signature(secrets, "https://SHOP.example/other")).isEqualTo(signatureOf(2));
    assertThat(signature(secrets, "https://else.example/")).isEqualTo(signatureOf(3));
  }

  @Test
  void readsWhatThePlatformWritesAsProperties() throws Exception {
    Properties properties = new Properties();
    properties.setProperty("*", key(1));
    properties.setProperty("https://shop.example/a?b=c", key(2) + " " + key(3));
    Path file = folder.resolve("written.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, "by the platform");
    }
    Secrets secrets = new SecretsFile(file.toString(), null);
    assertThat(signature(secrets, "http://127.0.0.1:1/")).isEqualTo(signatureOf(1));
    assertThat(signature(secrets, "https://shop.example/a?b=c")).isEqualTo(signatureOf(2, 3));
  }

  @Test
  void takesANewSecretWithoutARestart() throws Exception {
    Secrets secrets = new SecretsFile(write("*=" + key(1)).toString(), null);
    assertThat(signature(secrets, "https://a.example/")).isEqualTo(signatureOf(1));
    write("*=" + key(2) + " " + key(1));
    assertThat(signature(secrets, "https://a.example/")).isEqualTo(signatureOf(2, 1));
    write("*=" + key(2));
    assertThat(signature(secrets, "https://a.example/")).isEqualTo(signatureOf(2));
  }

  @Test
  void goesOnWithTheOldSecretsWhileTheFileIsAway() throws Exception {
    Path file = write("*=" + key(1));
    Secrets secrets = new SecretsFile(file.toString(), null);
    assertThat(signature(secrets, "https://a.example/")).isEqualTo(signatureOf(1));
    Files.delete(file);
    assertThat(signature(secrets, "https://a.example/")).isEqualTo(signatureOf(1));
    write("*=" + key(2));
    assertThat(signature(secrets, "https://a.example/")).isEqualTo(signatureOf(2));
  }

  @Test
  void theEnvironmentStandsForAny() throws Exception {
    Path file = write("a.example=" + key(1));
    Secrets secrets = new SecretsFile(file.toString(), key(4) + " " + key(5));
    assertThat(signature(secrets, "https://a.example/")).isEqualTo(signatureOf(1));
    assertThat(signature(secrets, "https://b.example/")).isEqualTo(signatureOf(4, 5));
    assertThat(signature(new SecretsFile("", key(6)), "https://b.example/"))
        .isEqualTo(signatureOf(6));
  }

  @Test
  void refusesADestinationWithoutASecretAndSaysWhy() throws Exception {
    Destination destination = Destination.of("https://b.example/");
    assertThatThrownBy(() -> new SecretsFile("", null).of(destination))
        .isInstanceOf(RefusedException.class)
        .hasMessage("there is no secret to sign with");
    assertThatThrownBy(
            () -> new SecretsFile(folder.resolve("none").toString(), " ").of(destination))
        .hasMessage(
            "there is no secret to sign with: the secrets file cannot be read"
                + " (NoSuchFileException)");
    String bad = "whsec_short";
    Path file = write("a.example=" + key(1), "b.example=" + bad);
    assertThatThrownBy(() -> new SecretsFile(file.toString(), null).of(destination))
        .hasMessageContaining("line 2: a secret must be")
        .hasMessageNotContaining(bad);
    assertThatThrownBy(() -> new SecretsFile("", bad).of(destination))
        .hasMessageStartingWith("TILLSTREAM_WEBHOOK_SECRET: a secret must be")
        .hasMessageNotContaining(bad);
  }

  @Test
  void takesNoMoreThanTwoSecretsAtOnce() throws Exception {
    Path file = write("*=" + key(1) + " " + key(2) + " " + key(3));
    assertThatThrownBy(
            () -> new SecretsFile(file.toString(), null).of(Destination.of("https://a.example/")))
        .hasMessageContaining("line 1: at most 2 secrets may stand together");
  }

  @Test
  void neverShowsSecrets() throws Exception {
    assertThat(new SecretsFile(write("*=" + key(1)).toString(), key(2)).toString())
        .isEqualTo("SecretsFile[not shown]");
  }
}
