package io.tillstream.operators.aggregation.sums;

import io.tillstream.operators.figures.RowKey;
import java.util.function.BiConsumer;

/** Checkpointed state as the rows need it. */
public interface RowState {

  /** The row, or null. */
  StoredRow read(RowKey row, long windowStart) throws Exception;

  /** Writes the row. */
  void write(RowKey row, long windowStart, StoredRow value) throws Exception;

  /** Removes the row, if it is there. */
  void remove(RowKey row, long windowStart) throws Exception;

  /** Names every row there is: what an index is rebuilt from after a restore. */
  void forEach(BiConsumer<RowKey, Long> rowAndWindow) throws Exception;
}
