package io.tillstream.local.layout;

import io.tillstream.local.process.StackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ports of one stack: the public ones at their usual number plus the offset, two internal ones
 * wherever there is room.
 */
public record Ports(
    int kafka, int redis, int s3, int flink, int dashboard, int kafkaController, int jobManager) {

  /** The public ports that offset gives, internal ones chosen among the free ones. */
  public static Ports withOffset(int offset) {
    return new Ports(
        9092 + offset,
        6379 + offset,
        9000 + offset,
        8081 + offset,
        8080 + offset,
        freeFrom(9093 + offset),
        freeFrom(6123 + offset));
  }

  /** Ports nobody uses right now, for tests and benchmarks beside another stack. */
  public static Ports free() {
    return new Ports(any(), any(), any(), any(), any(), any(), any());
  }

  /**
   * Checks that nobody listens on the public ports.
   *
   * @throws StackException naming the first public port that is taken
   */
  public void requireFree() {
    Map<String, Integer> all = new LinkedHashMap<>();
    all.put("Kafka", kafka);
    all.put("Redis", redis);
    all.put("S3", s3);
    all.put("Flink's web UI", flink);
    all.forEach(
        (who, port) -> {
          if (!isFree(port)) {
            throw new StackException(
                "port "
                    + port
                    + " for "
                    + who
                    + " is taken: stop what listens there, or shift all ports with --port-offset");
          }
        });
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static int freeFrom(int wish) {
    return isFree(wish) ? wish : any();
  }

  private static int any() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StackException("no free port: " + e.getMessage(), e);
    }
  }
}
