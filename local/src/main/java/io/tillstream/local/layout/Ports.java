package io.tillstream.local.layout;

import io.tillstream.local.process.StackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ports of one stack: the public ones at their usual number plus the offset, internal ones and
 * those of Flink's Prometheus reporters wherever there is room.
 *
 * @param metrics of the reporters: the JobManager's, then the TaskManagers' in their order
 */
public record Ports(
    int kafka,
    int redis,
    int s3,
    int flink,
    int dashboard,
    int kafkaController,
    int jobManager,
    List<Integer> metrics) {
  /** Where the dashboard is, without an offset. */
  public static final int DASHBOARD = 8080;

  private static final int PUBLIC_AND_INTERNAL = 7;

  /** Flink's own default for the reporter. */
  private static final int METRICS = 9249;

  public Ports {
    metrics = List.copyOf(metrics);
  }

  /** The public ports that offset gives, others chosen among the free ones. */
  public static Ports withOffset(int offset, int taskManagers) {
    List<Integer> metrics = new ArrayList<>();
    int next = METRICS + offset;
    for (int process = 0; process <= taskManagers; process++) {
      int port = freeFrom(next);
      metrics.add(port);
      next = port + 1;
    }
    return new Ports(
        9092 + offset,
        6379 + offset,
        9000 + offset,
        8081 + offset,
        DASHBOARD + offset,
        freeFrom(9093 + offset),
        freeFrom(6123 + offset),
        metrics);
  }

  /** Ports nobody uses right now, for tests and benchmarks beside another stack. */
  public static Ports free(int taskManagers) {
    List<Integer> any = any(PUBLIC_AND_INTERNAL + 1 + taskManagers);
    return new Ports(
        any.get(0),
        any.get(1),
        any.get(2),
        any.get(3),
        any.get(4),
        any.get(5),
        any.get(6),
        any.subList(PUBLIC_AND_INTERNAL, any.size()));
  }

  /**
   * Checks that nobody listens on the public ports.
   *
   * @param withDashboard whether the dashboard's is needed too
   * @throws StackException naming the first public port that is taken
   */
  public void requireFree(boolean withDashboard) {
    Map<String, Integer> all = new LinkedHashMap<>();
    all.put("Kafka", kafka);
    all.put("Redis", redis);
    all.put("S3", s3);
    all.put("Flink's web UI", flink);
    if (withDashboard) {
      all.put("the dashboard", dashboard);
    }
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
    return isFree(wish) ? wish : any(1).get(0);
  }

  /** All held until the last is chosen, so that none comes twice. */
  private static List<Integer> any(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      while (sockets.size() < count) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new StackException("no free port: " + e.getMessage(), e);
    } finally {
      sockets.forEach(Ports::close);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new StackException("cannot give a port back: " + e.getMessage(), e);
    }
  }
}
