package io.tillstream.local.cli;

import io.tillstream.local.stack.LocalStack;
import io.tillstream.local.stack.Part;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "start",
    description = {
      "Starts a killed part of the local stack again on its data; returns when it serves.",
      "A JobManager forgot its job: it is submitted again from its newest checkpoint."
    })
final class StartCommand implements Callable<Integer> {
  @Parameters(paramLabel = "WHAT", description = "One of ${COMPLETION-CANDIDATES}.")
  private Part part;

  @Override
  public Integer call() {
    Console.progress("started " + LocalStack.attach().start(part));
    return 0;
  }
}
