package io.tillstream.routing.route;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import io.tillstream.routing.retry.RetryPolicy;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;

/** The format of {@link RouteState} on the wire and in state. */
public final class RouteStateCodec implements Codec<RouteState> {

  @Override
  public void write(RouteState state, DataOutput out) throws IOException {
    Texts.write(state.route(), out);
    out.writeByte(code(state.mode()));
    out.writeBoolean(state.primary());
    Numbers.writeUnsigned(state.epoch(), out);
    Texts.write(state.primaryAgent(), out);
    Texts.write(state.fallbackAgent(), out);
    out.writeDouble(state.probeShare());
    writeRetry(state.retry(), out);
  }

  @Override
  public RouteState read(DataInput in, int version) throws IOException {
    return new RouteState(
        Texts.read(in),
        mode(in.readByte()),
        in.readBoolean(),
        Numbers.readUnsigned(in),
        Texts.read(in),
        Texts.read(in),
        in.readDouble(),
        readRetry(in));
  }

  private static void writeRetry(RetryPolicy retry, DataOutput out) throws IOException {
    Numbers.writeUnsigned(retry.maxRetries(), out);
    out.writeLong(retry.firstDelay().toNanos());
    out.writeDouble(retry.factor());
    out.writeLong(retry.maxDelay().toNanos());
    out.writeDouble(retry.jitter());
  }

  private static RetryPolicy readRetry(DataInput in) throws IOException {
    return new RetryPolicy(
        (int) Numbers.readUnsigned(in),
        Duration.ofNanos(in.readLong()),
        in.readDouble(),
        Duration.ofNanos(in.readLong()),
        in.readDouble());
  }

  /** The number of a mode in binary; it never changes, whatever the order of the constants. */
  static int code(Mode mode) {
    return switch (mode) {
      case AUTO -> 1;
      case PRIMARY -> 2;
      case FALLBACK -> 3;
      case OBSERVE -> 4;
    };
  }

  static Mode mode(int code) throws IOException {
    return switch (code) {
      case 1 -> Mode.AUTO;
      case 2 -> Mode.PRIMARY;
      case 3 -> Mode.FALLBACK;
      case 4 -> Mode.OBSERVE;
      default -> throw new IOException("no mode has the code " + code);
    };
  }
}
