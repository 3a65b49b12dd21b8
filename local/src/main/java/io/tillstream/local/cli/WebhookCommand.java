package io.tillstream.local.cli;

import io.tillstream.local.layout.Home;
import io.tillstream.local.webhook.Listener;
import io.tillstream.local.webhook.Verifier;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "webhook",
    description = "Webhooks, from the receiver's side.",
    subcommands = WebhookCommand.Listen.class)
final class WebhookCommand extends Group {

  @Command(
      name = "listen",
      description = {
        "Receives webhooks on loopback, verifies their signatures (Standard Webhooks),",
        "shows one line for each and counts repeats. Ctrl-C ends it."
      })
  static final class Listen implements Callable<Integer> {
    private static final int MOST_PORT = 65_535;

    @Spec private CommandSpec spec;

    @Option(
        names = "--port",
        paramLabel = "N",
        required = true,
        description = "The port; 0 for any free one.")
    private int port;

    @Option(
        names = "--secret",
        paramLabel = "whsec_…",
        description = "The secret. Others see it in the list of processes: a file is better.")
    private String secret;

    @Option(
        names = "--secret-file",
        paramLabel = "FILE",
        description = "A file with secrets; without it the local stack's run/webhook-secrets.")
    private Path secretFile;

    @Option(
        names = "--status",
        paramLabel = "N",
        defaultValue = "204",
        description = {
          "What good messages are answered with (${DEFAULT-VALUE}): try 500, 429 or 410.",
          "Bad ones are answered with 401."
        })
    private int status;

    @Option(names = "--json", description = "One JSON object a line, with the alert as it came.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
      check("--port", port, 0, MOST_PORT);
      check("--status", status, 200, 599);
      if (secret != null && secretFile != null) {
        throw new ParameterException(
            spec.commandLine(), "--secret and --secret-file must not be given together");
      }
      Verifier verifier =
          secret != null
              ? Verifier.of(secret)
              : Verifier.of(secretFile != null ? secretFile : Home.find().run().webhookSecrets());
      ZoneId zone = ZoneId.systemDefault();
      Listener listener =
          new Listener(
              port,
              verifier,
              status,
              Clock.systemUTC(),
              post -> Console.out(json ? post.json() : post.line(zone)));
      Thread end =
          new Thread(
              () -> {
                listener.close();
                Console.progress(listener.summary());
              },
              "stop-listening");
      Runtime.getRuntime().addShutdownHook(end);
      Console.progress("listening on " + listener.url() + " (Ctrl-C ends)");
      new CountDownLatch(1).await(); // until somebody ends the process
      return 0;
    }

    private void check(String name, int value, int least, int most) {
      if (value < least || value > most) {
        throw new ParameterException(
            spec.commandLine(), name + " must be " + least + ".." + most + ", was " + value);
      }
    }
  }
}
