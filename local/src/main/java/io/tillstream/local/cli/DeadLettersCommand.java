package io.tillstream.local.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.layout.Endpoints;
import io.tillstream.local.layout.Home;
import io.tillstream.local.layout.Json;
import io.tillstream.local.letters.DeadLetter;
import io.tillstream.local.letters.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "dead-letters",
    description = "Records that were refused, with the reason.",
    subcommands = {DeadLettersCommand.Listing.class, DeadLettersCommand.Replay.class})
final class DeadLettersCommand extends Group {
  private static final int EXCERPT = 100;

  @Command(name = "list", description = "Shows each refused record once, with the reason.")
  static final class Listing implements Callable<Integer> {
    @Option(names = "--json", description = "One JSON object a line; value_base64 is the record.")
    private boolean json;

    @Option(names = "--class", paramLabel = "CLASS", description = "Only this error_class.")
    private String errorClass;

    @Override
    public Integer call() {
      Endpoints endpoints = Endpoints.read(Home.find().run());
      new DeadLetters(endpoints.kafka(), Clock.systemUTC())
          .read(
              letter -> {
                if (errorClass == null || errorClass.equals(letter.errorClass())) {
                  Console.out(json ? json(letter) : line(letter));
                }
              });
      return 0;
    }

    private static String line(DeadLetter letter) {
      return letter.identity()
          + "  "
          + letter.stage()
          + "  "
          + letter.errorClass()
          + "  "
          + (letter.isWebhook() ? "to " + letter.host() + ": " : "")
          + letter.error()
          + "  "
          + letter.excerpt(EXCERPT);
    }

    private static String json(DeadLetter letter) {
      ObjectNode node = Json.MAPPER.createObjectNode();
      node.put("topic", letter.topic());
      node.put("partition", letter.partition());
      node.put("offset", letter.offset());
      node.put("stage", letter.stage());
      node.put("error_class", letter.errorClass());
      node.put("error", letter.error());
      if (letter.isWebhook()) {
        node.put("webhook_id", letter.webhookId());
        node.put("destination", letter.destination());
      }
      node.put(
          "key", letter.key() == null ? null : new String(letter.key(), StandardCharsets.UTF_8));
      node.put(
          "value_base64",
          letter.value() == null ? null : Base64.getEncoder().encodeToString(letter.value()));
      return node.toString();
    }
  }

  @Command(
      name = "replay",
      description = {
        "Sends the original bytes back to shop-events, each letter once; webhooks that nobody took",
        "are sent again under the same webhook-id, also to a destination that was disabled.",
        "With --class what was sent is not remembered, since other letters are still to be replayed."
      })
  static final class Replay implements Callable<Integer> {
    @Option(names = "--class", paramLabel = "CLASS", description = "Only this error_class.")
    private String errorClass;

    @Option(names = "--again", description = "Also what was sent back before.")
    private boolean again;

    @Override
    public Integer call() {
      Endpoints endpoints = Endpoints.read(Home.find().run());
      DeadLetters.Replayed replayed =
          new DeadLetters(endpoints.kafka(), Clock.systemUTC())
              .replay(
                  letter -> errorClass == null || errorClass.equals(letter.errorClass()),
                  again,
                  System.getProperty("user.name", "someone"));
      Console.progress("sent " + replayed.events() + " records back to shop-events");
      if (replayed.webhooks() > 0) {
        Console.progress("asked for " + replayed.webhooks() + " webhooks to be sent again");
      }
      if (replayed.empty() > 0) {
        Console.progress(
            "left out " + replayed.empty() + " letters without a value: nothing to send back");
      }
      return 0;
    }
  }
}
