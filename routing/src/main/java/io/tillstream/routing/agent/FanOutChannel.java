package io.tillstream.routing.agent;

import java.util.ArrayList;
import java.util.List;

/** Sends each report to several channels, in their order. */
public final class FanOutChannel implements ReportChannel {
  private final List<ReportChannel> channels;

  private FanOutChannel(List<ReportChannel> channels) {
    this.channels = channels;
  }

  /** A factory that opens a channel of each of {@code factories}. */
  public static ReportChannel.Factory factory(ReportChannel.Factory... factories) {
    return () -> {
      List<ReportChannel> open = new ArrayList<>();
      for (ReportChannel.Factory each : factories) {
        open.add(each.open());
      }
      return new FanOutChannel(open);
    };
  }

  @Override
  public void send(AgentReport report) {
    for (ReportChannel channel : channels) {
      channel.send(report);
    }
  }

  @Override
  public void close() {
    for (ReportChannel channel : channels) {
      channel.close();
    }
  }
}
