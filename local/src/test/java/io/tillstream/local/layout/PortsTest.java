package io.tillstream.local.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.local.process.StackException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void anOffsetShiftsEveryPublicPort() {
    Ports ports = Ports.withOffset(1000, 2);
    assertThat(ports.kafka()).isEqualTo(10092);
    assertThat(ports.redis()).isEqualTo(7379);
    assertThat(ports.s3()).isEqualTo(10000);
    assertThat(ports.flink()).isEqualTo(9081);
    assertThat(ports.dashboard()).isEqualTo(9080);
    assertThat(ports.metrics()).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void aTakenPortIsNamedWithItsServer() throws Exception {
    Ports free = Ports.free(1);
    assertThat(free.metrics()).hasSize(2);
    assertThatCode(() -> free.requireFree(true)).doesNotThrowAnyException();
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ports taken =
          new Ports(
              free.kafka(),
              free.redis(),
              free.s3(),
              free.flink(),
              socket.getLocalPort(),
              0,
              0,
              List.of());
      assertThatThrownBy(() -> taken.requireFree(true))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("port " + socket.getLocalPort() + " for the dashboard is taken");
      assertThatCode(() -> taken.requireFree(false)).doesNotThrowAnyException();
    }
  }
}
