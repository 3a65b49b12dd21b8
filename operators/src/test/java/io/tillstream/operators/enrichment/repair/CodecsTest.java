package io.tillstream.operators.enrichment.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.Owed;
import io.tillstream.operators.figures.OwedCodec;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.route.Mode;
import io.tillstream.routing.route.RouteState;
import io.tillstream.routing.route.RouteStateCodec;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class CodecsTest {

  private static <T> void roundTrip(CodecSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertThat(serializer.deserialize(in)).isEqualTo(value);
    assertThat(in.available()).isZero();
  }

  @Test
  void stateReadsAsItWasWritten() throws IOException {
    Figures figures = new Figures();
    figures.count(EventType.REFUND, new EventLine("a", 1, 999_999_999_999L, -1), "JPY");
    figures.addDegraded(-3);
    roundTrip(new CodecSerializer<>(DebtCodec.class), new Debt(figures, 1_764_000_000_000L));
    roundTrip(new CodecSerializer<>(DebtCodec.class), new Debt(new Figures(), Long.MIN_VALUE));
    CodecSerializer<Owed.Key> keys = new CodecSerializer<>(OwedCodec.KeyCodec.class);
    roundTrip(keys, new Owed.Key(true, 60_000, true, "ann", null, "gold"));
    roundTrip(keys, new Owed.Key(false, 0, false, null, null, null));
    for (Mode mode : Mode.values()) {
      roundTrip(
          new CodecSerializer<>(RouteStateCodec.class),
          new RouteState("enrichment", mode, mode == Mode.AUTO, Long.MAX_VALUE));
    }
  }
}
