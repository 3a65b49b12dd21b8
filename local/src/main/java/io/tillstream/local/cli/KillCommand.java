package io.tillstream.local.cli;

import io.tillstream.local.stack.LocalStack;
import io.tillstream.local.stack.Part;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "kill",
    description = "Kills a part of the local stack with SIGKILL; its data stays.")
final class KillCommand implements Callable<Integer> {
  @Parameters(paramLabel = "WHAT", description = "One of ${COMPLETION-CANDIDATES}.")
  private Part part;

  @Override
  public Integer call() {
    Console.progress("killed " + LocalStack.attach().kill(part));
    return 0;
  }
}
