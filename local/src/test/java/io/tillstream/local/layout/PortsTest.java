package io.tillstream.local.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.local.process.StackException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void anOffsetShiftsEveryPublicPort() {
    Ports ports = Ports.withOffset(1000);
    assertThat(ports.kafka()).isEqualTo(10092);
    assertThat(ports.redis()).isEqualTo(7379);
    assertThat(ports.s3()).isEqualTo(10000);
    assertThat(ports.flink()).isEqualTo(9081);
    assertThat(ports.dashboard()).isEqualTo(9080);
  }

  @Test
  void aTakenPortIsNamedWithItsServer() throws Exception {
    Ports free = Ports.free();
    assertThatCode(free::requireFree).doesNotThrowAnyException();
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ports taken =
          new Ports(
              free.kafka(), socket.getLocalPort(), free.s3(), free.flink(), free.dashboard(), 0, 0);
      assertThatThrownBy(taken::requireFree)
          .isInstanceOf(StackException.class)
          .hasMessageContaining("port " + socket.getLocalPort() + " for Redis is taken");
    }
  }
}
