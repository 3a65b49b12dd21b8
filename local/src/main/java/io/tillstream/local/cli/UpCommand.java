package io.tillstream.local.cli;

import io.tillstream.local.layout.Endpoints;
import io.tillstream.local.layout.Home;
import io.tillstream.local.stack.LocalStack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "up",
    description = {
      "Starts Kafka, Redis, S3, a Flink cluster and the dashboard and submits the job; returns when"
          + " it runs.",
      "Writes run/endpoints.json. Starts empty unless --keep."
    })
final class UpCommand implements Callable<Integer> {
  @Mixin private UpOptionsMixin wanted;

  @Override
  public Integer call() {
    Home home = Home.find();
    // Not closed: the stack is meant to outlive this command.
    LocalStack stack = LocalStack.up(home, home.run(), wanted.options(), Console::progress);
    Endpoints at = stack.endpoints();
    if (stack.options().dashboard()) {
      Console.out("Dashboard  " + at.dashboard());
    }
    Console.out("Kafka      " + at.kafka());
    Console.out("Redis      " + at.redis());
    Console.out("S3         " + at.s3());
    Console.out("Flink      " + at.flink());
    Console.out("Job        " + at.jobId());
    return 0;
  }
}
