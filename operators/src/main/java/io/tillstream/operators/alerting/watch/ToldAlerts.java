package io.tillstream.operators.alerting.watch;

import io.tillstream.routing.alert.Alert;
import java.io.Serializable;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The alerts that were told, read back. {@link #endOffsets} and {@link #readSince} may be called
 * from different threads at once.
 */
public interface ToldAlerts extends AutoCloseable {

  /**
   * The newest known end of each partition of the output. The first call waits until they are
   * known; later ones return at once and may be some seconds old.
   *
   * @throws RuntimeException if the first call cannot learn them in time
   */
  Map<Integer, Long> endOffsets();

  /**
   * Reads each partition from an offset to the end it has now.
   *
   * @param from the first offset by partition; a partition that is not in it is read from its
   *     beginning, an offset that is gone from the oldest there is
   * @param each takes every alert, those of one episode in the order they were told; records that
   *     are none of ours are skipped
   * @return the end offsets read up to, for every partition there is
   * @throws RuntimeException if they cannot all be read in time
   */
  Map<Integer, Long> readSince(Map<Integer, Long> from, Consumer<Alert> each);

  @Override
  void close();

  /** Opens the output on the machine where the watch runs. */
  @FunctionalInterface
  interface Factory extends Serializable {
    ToldAlerts open();
  }
}
