package io.tillstream.local.stack;

import io.tillstream.local.layout.Endpoints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The pipeline's arguments on a local stack. */
record JobArguments(UpOptions options, Endpoints endpoints, Path webhookSecrets) {
  List<String> words() {
    List<String> words = new ArrayList<>();
    add(words, "kafka.bootstrap.servers", endpoints.kafka());
    add(words, "redis.uri", "redis://" + endpoints.redis());
    add(words, "parallelism", String.valueOf(options.slots()));
    // Whoever receives webhooks here does so on this machine.
    usually(words, "alert.allow-private-webhooks", "true");
    usually(words, "alert.webhook-secrets", webhookSecrets.toString());
    options.window().ifPresent(window -> add(words, "aggregation.window", window.toString()));
    options
        .lateness()
        .ifPresent(lateness -> add(words, "aggregation.lateness", lateness.toString()));
    options.jobOptions().forEach((key, value) -> add(words, key, value));
    return words;
  }

  private void usually(List<String> words, String key, String value) {
    if (!options.jobOptions().containsKey(key)) {
      add(words, key, value);
    }
  }

  private static void add(List<String> words, String key, String value) {
    words.add("--" + key);
    words.add(value);
  }
}
