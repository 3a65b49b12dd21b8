package io.tillstream.routing.alert;

import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;

/** The format of {@link Episode} within a {@link KeyMemory}: an idle one is a name and a number. */
final class EpisodeCodec {
  private static final AlertCodec ALERT = new AlertCodec();
  private static final int OPEN = 1;
  private static final int HOLDS = 2;
  private static final int COOLING = 4;
  private static final int SETTLING = 8;
  private static final int DUE = 16;

  void write(Episode episode, long clock, DataOutput out) throws IOException {
    int flags = episode.isOpen() ? OPEN : 0;
    flags |= episode.holds() ? HOLDS : 0;
    flags |= episode.cooling() == Episode.NEVER ? 0 : COOLING;
    flags |= episode.isSettling() ? SETTLING : 0;
    flags |= episode.deadline() == Long.MAX_VALUE ? 0 : DUE;
    out.writeByte(flags);
    Texts.write(episode.ruleId(), out);
    Numbers.writeUnsigned(episode.number(), out);
    if (flags == 0) {
      return;
    }
    out.writeInt(episode.mark());
    if (episode.holds()) {
      Numbers.writeSigned(episode.since() - clock, out);
      out.writeLong(episode.window());
      DecimalCodec.write(episode.value(), out);
    }
    if (episode.cooling() != Episode.NEVER) {
      Numbers.writeSigned(episode.cooling() - clock, out);
    }
    if (episode.isOpen()) {
      ALERT.write(episode.open(), out);
      Numbers.writeSigned(episode.toldAt() - clock, out);
      DecimalCodec.write(episode.worst(), out);
    }
    if (episode.isSettling()) {
      Numbers.writeSigned(episode.settling() - clock, out);
    }
    if (episode.deadline() != Long.MAX_VALUE) {
      Numbers.writeSigned(episode.deadline() - clock, out);
    }
  }

  Episode read(long clock, DataInput in, int version) throws IOException {
    int flags = in.readUnsignedByte();
    String ruleId = Texts.read(in);
    long number = Numbers.readUnsigned(in);
    if (flags == 0) {
      return Episode.fresh(ruleId, 0, number);
    }
    int mark = in.readInt();
    boolean holds = (flags & HOLDS) != 0;
    long since = holds ? clock + Numbers.readSigned(in) : Episode.NEVER;
    long window = holds ? in.readLong() : Episode.NEVER;
    BigDecimal value = holds ? DecimalCodec.read(in) : null;
    long cooling = (flags & COOLING) != 0 ? clock + Numbers.readSigned(in) : Episode.NEVER;
    boolean isOpen = (flags & OPEN) != 0;
    Alert open = isOpen ? ALERT.read(in, version) : null;
    long toldAt = isOpen ? clock + Numbers.readSigned(in) : Episode.NEVER;
    BigDecimal worst = isOpen ? DecimalCodec.read(in) : null;
    long settling = (flags & SETTLING) != 0 ? clock + Numbers.readSigned(in) : Episode.NEVER;
    long deadline = (flags & DUE) != 0 ? clock + Numbers.readSigned(in) : Long.MAX_VALUE;
    return new Episode(
        ruleId, mark, number, since, window, value, cooling, open, toldAt, settling, worst,
        deadline);
  }
}
