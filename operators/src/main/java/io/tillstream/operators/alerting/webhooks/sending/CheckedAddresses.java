package io.tillstream.operators.alerting.webhooks.sending;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.hc.client5.http.DnsResolver;

/**
 * The addresses a connection may be made to: those that were looked up and checked for this
 * attempt, and no others. The client asks nobody else, so there is no moment between the check and
 * the connection in which a name could come to mean another address.
 */
final class CheckedAddresses implements DnsResolver {
  private static final int MOST_HOSTS = 4_096;

  private final boolean allowPrivate;
  private final ConcurrentMap<String, InetAddress[]> checked = new ConcurrentHashMap<>();

  CheckedAddresses(boolean allowPrivate) {
    this.allowPrivate = allowPrivate;
  }

  /**
   * Lets connections be made to these addresses of a host, and to no earlier ones.
   *
   * @throws RefusedException if one of them may not be
   */
  void allow(String host, InetAddress[] addresses) throws RefusedException {
    checked.remove(host);
    for (InetAddress address : addresses) {
      String complaint = allowPrivate ? null : Addresses.complaint(address);
      if (complaint != null) {
        // The address itself is not told: it would be an answer to whoever probes.
        throw new RefusedException("the host has " + complaint);
      }
    }
    if (checked.size() >= MOST_HOSTS) {
      checked.clear(); // they are looked up before each attempt anyway
    }
    checked.put(host, addresses);
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = checked.get(Destination.bare(host));
    if (addresses == null) {
      throw new UnknownHostException("not looked up");
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
