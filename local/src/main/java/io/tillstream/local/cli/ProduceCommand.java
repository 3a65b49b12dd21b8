package io.tillstream.local.cli;

import io.tillstream.local.layout.Endpoints;
import io.tillstream.local.layout.Home;
import io.tillstream.local.topics.EventSender;
import io.tillstream.local.topics.InputFile;
import io.tillstream.local.topics.LineSplitter;
import io.tillstream.local.topics.Pace;
import io.tillstream.local.topics.Topics;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "produce",
    description = {
      "Sends a file's lines into shop-events, one record a line, their bytes untouched.",
      "Only a line feed separates; an empty line is an empty record. Returns when all are acknowledged."
    })
final class ProduceCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "- is standard input; .gz is unpacked.")
  private String file;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Records a second (as fast as it goes).")
  private double rate;

  @Override
  public Integer call() throws IOException {
    Endpoints endpoints = Endpoints.read(Home.find().run());
    Progress progress = new Progress("sent", "records");
    Pace pace = new Pace(rate);
    try (LineSplitter lines = new LineSplitter(InputFile.open(file));
        EventSender sender = new EventSender(endpoints.kafka(), Topics.SHOP_EVENTS)) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        pace.await();
        sender.send(line);
        progress.at(sender.sent());
      }
      sender.flush();
      progress.done(sender.acknowledged());
    }
    return 0;
  }
}
