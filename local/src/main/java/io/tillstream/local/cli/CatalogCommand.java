package io.tillstream.local.cli;

import io.tillstream.local.catalog.CatalogLoader;
import io.tillstream.local.layout.Endpoints;
import io.tillstream.local.layout.Home;
import io.tillstream.local.topics.InputFile;
import io.tillstream.local.topics.LineSplitter;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "catalog",
    description = "The products and shoppers that enrichment looks up.",
    subcommands = CatalogCommand.Load.class)
final class CatalogCommand extends Group {
  @Command(
      name = "load",
      description = {
        "Loads products and profiles (JSON lines) into Redis.",
        "{\"item_id\",\"title\",\"category\",\"brand\"} is a product, {\"user_id\",\"segment\",\"country\"} a shopper."
      })
  static final class Load implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "- is standard input; .gz is unpacked.")
    private String file;

    @Override
    public Integer call() throws IOException {
      Endpoints endpoints = Endpoints.read(Home.find().run());
      Progress progress = new Progress("loaded", "products and shoppers");
      try (LineSplitter lines = new LineSplitter(InputFile.open(file))) {
        long count =
            new CatalogLoader(URI.create("redis://" + endpoints.redis())).load(lines, progress::at);
        progress.done(count);
      }
      return 0;
    }
  }
}
