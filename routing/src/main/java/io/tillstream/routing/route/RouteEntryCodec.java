package io.tillstream.routing.route;

import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The format of {@link RouteEntry} within the orchestrator's state. */
final class RouteEntryCodec {
  private static final RouteStateCodec STATE = new RouteStateCodec();
  private static final byte NOTHING = 0;
  private static final byte PRIMARY = 1;
  private static final byte FALLBACK = 2;

  void write(RouteEntry entry, DataOutput out) throws IOException {
    STATE.write(entry.state(), out);
    out.writeLong(entry.since());
    Texts.write(entry.reason(), out);
    out.writeByte(code(entry.phase()));
    out.writeLong(entry.phaseAt());
    out.writeLong(entry.switchedAt());
    Numbers.writeUnsigned(entry.returns(), out);
    Numbers.writeUnsigned(entry.switches(), out);
    Numbers.writeUnsigned(entry.fallbackMillis(), out);
    Boolean would = entry.would();
    out.writeByte(would == null ? NOTHING : would ? PRIMARY : FALLBACK);
  }

  RouteEntry read(DataInput in, int version) throws IOException {
    return new RouteEntry(
        STATE.read(in, version),
        in.readLong(),
        Texts.read(in),
        phase(in.readByte()),
        in.readLong(),
        in.readLong(),
        (int) Numbers.readUnsigned(in),
        Numbers.readUnsigned(in),
        Numbers.readUnsigned(in),
        would(in.readByte()));
  }

  private static Boolean would(byte code) {
    return code == NOTHING ? null : (Boolean) (code == PRIMARY);
  }

  /** The number of a phase in binary; it never changes, whatever the order of the constants. */
  private static int code(Phase phase) {
    return switch (phase) {
      case PRIMARY -> 1;
      case FALLBACK -> 2;
      case PROBING -> 3;
    };
  }

  private static Phase phase(int code) throws IOException {
    return switch (code) {
      case 1 -> Phase.PRIMARY;
      case 2 -> Phase.FALLBACK;
      case 3 -> Phase.PROBING;
      default -> throw new IOException("no phase has the code " + code);
    };
  }
}
