package io.tillstream.operators.alerting.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,a loopback address",
    "127.255.255.254,a loopback address",
    "2130706433,a loopback address", // the number is 127.0.0.1 too
    "0.0.0.0,an unspecified address",
    "0.1.2.3,an unspecified address",
    "10.0.0.1,a private address",
    "10.255.255.255,a private address",
    "172.16.0.1,a private address",
    "172.31.255.255,a private address",
    "192.168.1.1,a private address",
    "169.254.169.254,a link-local address", // where clouds keep their machines' credentials
    "100.64.0.1,a carrier's shared address",
    "100.127.255.255,a carrier's shared address",
    "192.0.0.8,a reserved address",
    "192.0.2.1,a documentation address",
    "198.18.0.1,a benchmarking address",
    "198.19.255.255,a benchmarking address",
    "198.51.100.1,a documentation address",
    "203.0.113.1,a documentation address",
    "224.0.0.1,a multicast address",
    "239.255.255.255,a multicast address",
    "240.0.0.1,a reserved address",
    "255.255.255.255,a reserved address",
    "::1,a loopback address",
    "::,an unspecified address",
    "::127.0.0.1,a loopback address",
    "::ffff:127.0.0.1,a loopback address",
    "::ffff:10.1.2.3,a private address",
    "64:ff9b::10.0.0.1,a private address",
    "64:ff9b::7f00:1,a loopback address",
    "64:ff9b:1::1,a private address",
    "2002:7f00:1::,a loopback address",
    "2002:c0a8:101::1,a private address",
    "2001:0:53aa:64c:0:fbff:f5ff:fffe,a reserved address",
    "2001:db8::1,a documentation address",
    "fc00::1,a private address",
    "fd12:3456::1,a private address",
    "fe80::1,a link-local address",
    "febf::1,a link-local address",
    "fec0::1,a private address",
    "ff02::1,a multicast address",
    "100::1,a discard-only address"
  })
  void complainsOfWhatIsNotPublic(String text, String complaint) throws Exception {
    assertThat(Addresses.complaint(InetAddress.getByName(text))).isEqualTo(complaint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2a00:1450:4001:82a::200e",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
        "fbff::1"
      })
  void letsPublicOnesPass(String text) throws Exception {
    assertThat(Addresses.complaint(InetAddress.getByName(text))).isNull();
  }

  @Test
  void seesAMappedAddressThatThePlatformLeftAsSixteenBytes() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xFF;
    mapped[11] = (byte) 0xFF;
    mapped[12] = 10;
    assertThat(Addresses.complaint(java.net.Inet6Address.getByAddress(null, mapped, -1)))
        .isEqualTo("a private address");
  }
}
