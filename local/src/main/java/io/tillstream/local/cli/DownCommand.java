package io.tillstream.local.cli;

import io.tillstream.local.layout.Home;
import io.tillstream.local.layout.RunDirectory;
import io.tillstream.local.stack.LocalStack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "down",
    description = "Stops the local stack, whatever is left of it. Data stays for up --keep.")
final class DownCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    RunDirectory run = Home.find().run();
    boolean any = LocalStack.down(run);
    // A benchmark's own stack, should its command have died without cleaning up.
    for (RunDirectory bench : run.within("bench-")) {
      any |= LocalStack.down(bench);
    }
    Console.progress(any ? "stopped" : "nothing was running");
    return 0;
  }
}
