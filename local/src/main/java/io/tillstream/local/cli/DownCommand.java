package io.tillstream.local.cli;

import io.tillstream.local.layout.Home;
import io.tillstream.local.stack.LocalStack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "down",
    description = "Stops the local stack, whatever is left of it. Data stays for up --keep.")
final class DownCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    boolean any = LocalStack.down(Home.find().run());
    Console.progress(any ? "stopped" : "nothing was running");
    return 0;
  }
}
