package io.tillstream.operators.aggregation.trending;

import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How often a product was viewed and how many pieces of it were bought in some stretch of time.
 *
 * @param itemId the product
 * @param views from 0
 * @param units from 0
 */
public record TrendCount(String itemId, long views, long units) {
  /** The order of the list: most views first, then most units, then by id. */
  public static final Comparator<TrendCount> RANKING =
      Comparator.comparingLong(TrendCount::views)
          .thenComparingLong(TrendCount::units)
          .reversed()
          .thenComparing(TrendCount::itemId);

  static void writeAll(List<TrendCount> counts, DataOutput out) throws IOException {
    Numbers.writeUnsigned(counts.size(), out);
    for (TrendCount count : counts) {
      Texts.write(count.itemId, out);
      Numbers.writeSigned(count.views, out);
      Numbers.writeSigned(count.units, out);
    }
  }

  static List<TrendCount> readAll(DataInput in) throws IOException {
    int size = (int) Numbers.readUnsigned(in);
    List<TrendCount> counts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      counts.add(new TrendCount(Texts.read(in), Numbers.readSigned(in), Numbers.readSigned(in)));
    }
    return counts;
  }
}
