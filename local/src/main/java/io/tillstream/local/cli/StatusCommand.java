package io.tillstream.local.cli;

import io.tillstream.local.layout.Endpoints;
import io.tillstream.local.layout.Home;
import io.tillstream.local.status.Status;
import io.tillstream.local.status.StatusCollector;
import io.tillstream.local.status.StatusTable;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = "Shows job, agents, routes, checkpoints, lag and the ledger, as of now.")
final class StatusCommand implements Callable<Integer> {
  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    Endpoints endpoints = Endpoints.read(Home.find().run());
    try (StatusCollector collector = new StatusCollector(endpoints, Clock.systemUTC())) {
      Status status = collector.collect();
      if (json) {
        Console.out(status.json().toString());
      } else {
        StatusTable.lines(status, Instant.now()).forEach(Console::out);
      }
    }
    return 0;
  }
}
