package io.tillstream.routing.alert;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The format of {@link KeyMemory} in keyed state. */
public final class KeyMemoryCodec implements Codec<KeyMemory> {
  private static final EpisodeCodec EPISODE = new EpisodeCodec();

  @Override
  public void write(KeyMemory value, DataOutput out) throws IOException {
    Texts.write(value.dimension, out);
    Texts.write(value.key, out);
    Numbers.writeSigned(value.clock, out);
    Numbers.writeSigned(value.rulesVersion, out);
    Numbers.writeSigned(value.windowStart, out);
    Numbers.writeSigned(value.windowEnd - value.windowStart, out);
    Numbers.writeUnsigned(value.parts.length, out);
    for (Part part : value.parts) {
      write(part, value.windowStart, out);
    }
    Numbers.writeUnsigned(value.pasts.length, out);
    for (Past past : value.pasts) {
      Names.write(past.series, out);
      Numbers.writeUnsigned(past.values.length, out);
      for (BigDecimal number : past.values) {
        DecimalCodec.write(number, out);
      }
    }
    Numbers.writeUnsigned(value.episodes.size(), out);
    for (Episode episode : value.episodes) {
      EPISODE.write(episode, value.clock, out);
    }
  }

  @Override
  public KeyMemory read(DataInput in, int version) throws IOException {
    String dimension = Texts.read(in);
    String key = Texts.read(in);
    long clock = Numbers.readSigned(in);
    long rulesVersion = Numbers.readSigned(in);
    long windowStart = Numbers.readSigned(in);
    long windowEnd = windowStart + Numbers.readSigned(in);
    Part[] parts = new Part[(int) Numbers.readUnsigned(in)];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = readPart(windowStart, in);
    }
    Past[] pasts = new Past[(int) Numbers.readUnsigned(in)];
    for (int i = 0; i < pasts.length; i++) {
      String series = Names.read(in);
      BigDecimal[] values = new BigDecimal[(int) Numbers.readUnsigned(in)];
      for (int j = 0; j < values.length; j++) {
        values[j] = DecimalCodec.read(in);
      }
      pasts[i] = new Past(series, values);
    }
    int size = (int) Numbers.readUnsigned(in);
    List<Episode> episodes = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      episodes.add(EPISODE.read(clock, in, version));
    }
    if (parts.length == 0 && pasts.length == 0 && episodes.isEmpty()) {
      return KeyMemory.EMPTY;
    }
    return new KeyMemory(
        dimension, key, windowStart, windowEnd, parts, pasts, episodes, clock, rulesVersion);
  }

  private static void write(Part part, long windowStart, DataOutput out) throws IOException {
    Names.write(part.aggregator, out);
    Numbers.writeSigned(part.version, out);
    out.writeBoolean(part.isFinal);
    Numbers.writeUnsigned(part.names.length, out);
    boolean stock = false;
    for (int i = 0; i < part.names.length; i++) {
      Names.write(part.names[i], out);
      DecimalCodec.write(part.values[i], out);
      stock |= part.names[i].equals(Metric.AVAILABLE) && part.values[i] != null;
    }
    if (stock) {
      Numbers.writeSigned(part.availableAt - windowStart, out);
    }
  }

  private static Part readPart(long windowStart, DataInput in) throws IOException {
    String aggregator = Names.read(in);
    long version = Numbers.readSigned(in);
    boolean isFinal = in.readBoolean();
    String[] names = new String[(int) Numbers.readUnsigned(in)];
    BigDecimal[] values = new BigDecimal[names.length];
    boolean stock = false;
    for (int i = 0; i < names.length; i++) {
      names[i] = Names.read(in);
      values[i] = DecimalCodec.read(in);
      stock |= names[i].equals(Metric.AVAILABLE) && values[i] != null;
    }
    long availableAt = stock ? windowStart + Numbers.readSigned(in) : Long.MIN_VALUE;
    return new Part(aggregator, version, isFinal, availableAt, names, values);
  }
}
