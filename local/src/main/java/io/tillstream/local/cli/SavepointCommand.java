package io.tillstream.local.cli;

import io.tillstream.local.flink.FlinkRest;
import io.tillstream.local.flink.Savepoints;
import io.tillstream.local.layout.Endpoints;
import io.tillstream.local.layout.Home;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "savepoint",
    description = "Takes a savepoint of the running job and prints its path.")
final class SavepointCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    Endpoints endpoints = Endpoints.read(Home.find().run());
    Console.out(Savepoints.take(new FlinkRest(endpoints.flink()), endpoints.jobId()));
    return 0;
  }
}
