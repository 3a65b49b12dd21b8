package io.tillstream.operators.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.event.ErrorClass;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodecsTest {

  @Test
  void formatsKeepEverything() throws IOException {
    byte[] value = "{\"mode\":\"é\"}".getBytes(StandardCharsets.UTF_8);
    ControlMessage message = new ControlMessage(value, "control", 0, 17, new byte[] {1});
    ControlMessage bare = new ControlMessage(null, "control", 3, Long.MAX_VALUE, null);
    ControlMessage empty = new ControlMessage(new byte[0], "control", 3, 0, new byte[0]);
    for (ControlMessage each : List.of(message, bare, empty)) {
      assertThat(copy(new ControlMessageCodec(), each)).isEqualTo(each);
      for (ErrorClass errorClass : ErrorClass.values()) {
        RejectedControl rejected = new RejectedControl(each, errorClass, "é must be …");
        assertThat(copy(new RejectedControlCodec(), rejected)).isEqualTo(rejected);
      }
    }
    OrchestratorCounts counts = new OrchestratorCounts(1, 2, 3, Long.MAX_VALUE);
    assertThat(copy(new OrchestratorCountsCodec(), counts)).isEqualTo(counts);
    for (ReportMessage each : List.of(new ReportMessage(value), ReportMessage.of(null))) {
      assertThat(copy(new ReportMessageCodec(), each)).isEqualTo(each);
    }
  }

  private static <T> T copy(Codec<T> codec, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(value, new DataOutputStream(bytes));
    return codec.read(
        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), codec.version());
  }
}
