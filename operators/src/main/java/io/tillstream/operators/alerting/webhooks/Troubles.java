package io.tillstream.operators.alerting.webhooks;

import io.tillstream.operators.alerting.webhooks.sending.Destination;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which destinations make trouble, in words; only hosts, for the rest of a URL may be a secret. */
final class Troubles {
  private static final long REMEMBERED_MS = Duration.ofMinutes(10).toMillis();
  private static final int MOST = 1_000;
  private static final int MOST_NAMED = 3;

  private record Trouble(String words, long at) {}

  private final Map<String, Trouble> newest = new LinkedHashMap<>();

  /** An attempt failed. */
  void tell(String url, String words, long now) {
    newest.remove(url);
    newest.put(url, new Trouble(words, now));
    if (newest.size() > MOST) {
      newest.remove(newest.keySet().iterator().next());
    }
  }

  /** An attempt went well. */
  void over(String url) {
    newest.remove(url);
  }

  /** Forgets old ones of destinations that nothing waits for. */
  void forget(long now, Set<String> waiting) {
    newest
        .entrySet()
        .removeIf(
            trouble ->
                now - trouble.getValue().at() > REMEMBERED_MS
                    && !waiting.contains(trouble.getKey()));
  }

  /** What there is to say, or null. */
  String words(Collection<String> disabled) {
    Set<String> words = new TreeSet<>();
    newest.forEach(
        (url, trouble) ->
            words.add("no delivery to " + Destination.shown(url) + ": " + trouble.words()));
    disabled.forEach(url -> words.add(Destination.shown(url) + " is disabled: it said HTTP 410"));
    if (words.isEmpty()) {
      return null;
    }
    String text = String.join("; ", words.stream().limit(MOST_NAMED).toList());
    int more = words.size() - MOST_NAMED;
    return "webhooks: " + text + (more > 0 ? "; and " + more + " more" : "");
  }
}
