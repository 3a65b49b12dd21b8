package io.tillstream.operators.aggregation.sums;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.Stock;
import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.EventType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodecsTest {

  @Test
  void rows() throws IOException {
    Figures figures = new Figures();
    figures.count(EventType.VIEW_ITEM, null, null);
    figures.count(EventType.REFUND, new EventLine("a", 1, 999_999_999_999_999_999L, -1), "KWD");
    figures.addDegraded(-3);
    backAndForth(new StoredRowCodec(), new StoredRow(figures, "é", true, new Stock(0, 5), true));
    backAndForth(new StoredRowCodec(), new StoredRow(new Figures(), null, false, null, false));
  }

  @Test
  void memories() throws IOException {
    backAndForth(
        new MemoryCodec(), new Memory(0, 127, Long.MAX_VALUE, -7, Long.MIN_VALUE, Map.of()));
    backAndForth(new MemoryCodec(), new Memory(64, 95, 5, 9, 3, Map.of(0, 0L, 3, 1L << 40)));
  }

  @Test
  void ledgers() throws IOException {
    backAndForth(new LedgerCodec(), new Ledger(1L << 40, -2));
  }

  private static <T> void backAndForth(Codec<T> codec, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(value, new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(codec.read(in, codec.version())).isEqualTo(value);
    assertThat(in.available()).isZero();
  }
}
