package io.tillstream.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.local.control.CommandRefusedException;
import io.tillstream.local.control.RouteControl;
import io.tillstream.local.layout.Endpoints;
import io.tillstream.local.layout.Home;
import io.tillstream.local.process.StackException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "routes",
    description = "The routes themselves: conditions, dwell, probing, retries.",
    subcommands = RoutesCommand.Apply.class)
final class RoutesCommand extends Group {
  @Command(
      name = "apply",
      description = {
        "Gives the running job the routes of a file (YAML), without a restart.",
        "A mistake is told with its line and field, and nothing changes."
      })
  static final class Apply implements Callable<Integer> {
    /** Far above any file of routes, and below what a record may hold. */
    private static final long LARGEST = 256 << 10;

    @Parameters(paramLabel = "FILE", description = "Such as routes.yaml.")
    private Path file;

    @Option(names = "--json", description = "The decisions, one JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
      String yaml = read(file);
      Endpoints endpoints = Endpoints.read(Home.find().run());
      String by = System.getProperty("user.name", "someone");
      try {
        for (JsonNode decision :
            new RouteControl(endpoints.kafka(), Clock.systemUTC()).apply(yaml, by)) {
          Console.out(json ? decision.toString() : RouteCommand.line(decision));
        }
      } catch (CommandRefusedException refused) {
        throw new StackException(file + ": " + refused.getMessage(), refused);
      }
      return 0;
    }

    static String read(Path file) {
      try {
        long size = Files.size(file);
        if (size > LARGEST) {
          throw new StackException(file + " must be at most " + LARGEST + " bytes, it has " + size);
        }
        return Files.readString(file);
      } catch (CharacterCodingException e) {
        throw new StackException(file + " is no text in UTF-8", e);
      } catch (IOException e) {
        throw new StackException(
            "cannot read "
                + file
                + ": "
                + (Files.exists(file) ? "not a file to read" : "no such file"),
            e);
      }
    }
  }
}
