package io.tillstream.operators.alerting.webhooks.sending;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses lie on the public Internet. A rule's URL is data that people hand in; it must not
 * become a way into the network that the pipeline stands in. After IANA's registries of
 * special-purpose addresses; an IPv6 address with an IPv4 one inside is judged by that one.
 */
public final class Addresses {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Block(byte[] prefix, int bits, String name) {
    boolean holds(byte[] address) {
      if (address.length != prefix.length) {
        return false;
      }
      int whole = bits / 8;
      if (Arrays.mismatch(address, 0, whole, prefix, 0, whole) >= 0) {
        return false;
      }
      int mask = 0xFF00 >> bits % 8 & 0xFF;
      return bits % 8 == 0 || (address[whole] & mask) == (prefix[whole] & mask);
    }
  }

  private static final List<Block> BLOCKS =
      List.of(
          block("0.0.0.0", 8, "an unspecified"),
          block("10.0.0.0", 8, "a private"),
          block("100.64.0.0", 10, "a carrier's shared"),
          block("127.0.0.0", 8, "a loopback"),
          block("169.254.0.0", 16, "a link-local"),
          block("172.16.0.0", 12, "a private"),
          block("192.0.0.0", 24, "a reserved"),
          block("192.0.2.0", 24, "a documentation"),
          block("192.88.99.0", 24, "a reserved"),
          block("192.168.0.0", 16, "a private"),
          block("198.18.0.0", 15, "a benchmarking"),
          block("198.51.100.0", 24, "a documentation"),
          block("203.0.113.0", 24, "a documentation"),
          block("224.0.0.0", 4, "a multicast"),
          block("240.0.0.0", 4, "a reserved"),
          block("::1", 128, "a loopback"),
          block("::", 128, "an unspecified"),
          block("64:ff9b:1::", 48, "a private"),
          block("100::", 64, "a discard-only"),
          block("2001::", 23, "a reserved"), // Teredo among them
          block("2001:db8::", 32, "a documentation"),
          block("3fff::", 20, "a documentation"),
          block("5f00::", 16, "a reserved"),
          block("fc00::", 7, "a private"),
          block("fe80::", 10, "a link-local"),
          block("fec0::", 10, "a private"),
          block("ff00::", 8, "a multicast"));

  /** Blocks whose addresses have an IPv4 one right behind the prefix. */
  private static final List<Block> WITH_V4_INSIDE =
      List.of(
          block("::", 96, "compatible"),
          new Block(mappedPrefix(), 96, "mapped"),
          block("64:ff9b::", 96, "translated"),
          block("2002::", 16, "6to4"));

  private static final int V4 = 4;

  private Addresses() {}

  /**
   * What speaks against an address.
   *
   * @return such as {@code a loopback address}, or null if it is a public one
   */
  public static String complaint(InetAddress address) {
    String kind = kind(address.getAddress());
    return kind == null ? null : kind + " address";
  }

  private static String kind(byte[] address) {
    for (Block block : BLOCKS) {
      if (block.holds(address)) {
        return block.name();
      }
    }
    for (Block block : WITH_V4_INSIDE) {
      if (block.holds(address)) {
        int from = block.bits() / 8;
        return kind(Arrays.copyOfRange(address, from, from + V4));
      }
    }
    return null;
  }

  private static Block block(String prefix, int bits, String name) {
    try {
      InetAddress literal = InetAddress.getByName(prefix); // a literal: nothing is asked
      return new Block(literal.getAddress(), bits, name);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(prefix, e);
    }
  }

  // As bytes: Java takes the text of a mapped address for the IPv4 one in it.
  private static byte[] mappedPrefix() {
    byte[] prefix = new byte[16];
    prefix[10] = (byte) 0xFF;
    prefix[11] = (byte) 0xFF;
    return prefix;
  }
}
