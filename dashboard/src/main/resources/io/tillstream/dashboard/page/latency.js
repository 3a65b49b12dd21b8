// How long a record took from Kafka to this screen: the moment an update was painted minus the
// Kafka time of the oldest record it shows for the first time. Two clocks are compared, so the
// server's is estimated: the message that came with least delay tells the difference best.

const SPAN_MS = 60000;
const SAMPLES = 1500;

export class Latency {
  #offsets = [];
  #samples = [];
  #pending = null;

  /** Notes the server's clock in a message that came now. */
  clock(serverNow, at) {
    const offset = Date.parse(serverNow) - at;
    if (Number.isNaN(offset)) {
      return;
    }
    // A falling line of maxima: whatever is neither newer nor larger can never be the largest again.
    while (this.#offsets.length > 0 && this.#offsets.at(-1).offset <= offset) {
      this.#offsets.pop();
    }
    this.#offsets.push({at, offset});
    while (this.#offsets[0].at < at - SPAN_MS) {
      this.#offsets.shift();
    }
  }

  /** The server's time now, in ms. */
  now(at = Date.now()) {
    return at + (this.#offsets[0]?.offset ?? 0);
  }

  /** An update that will be painted. */
  received(rows) {
    for (const row of rows ?? []) {
      const oldest = Date.parse(row.oldest_new_record_at ?? '');
      if (!Number.isNaN(oldest) && (this.#pending === null || oldest < this.#pending)) {
        this.#pending = oldest;
      }
    }
  }

  /** All that was received is on the screen. */
  painted(at = Date.now()) {
    if (this.#pending !== null && !document.hidden) {
      this.#samples.push({at, ms: Math.max(0, this.now(at) - this.#pending)});
      if (this.#samples.length > SAMPLES) {
        this.#samples.shift();
      }
    }
    this.#pending = null;
  }

  /** What was pending belongs to a connection that is gone. */
  forgetPending() {
    this.#pending = null;
  }

  /** Those shares' latencies of the last minute, in ms; null without any sample. */
  quantiles(shares, at = Date.now()) {
    while (this.#samples.length > 0 && this.#samples[0].at < at - SPAN_MS) {
      this.#samples.shift();
    }
    const sorted = this.#samples.map((sample) => sample.ms).sort((one, other) => one - other);
    return shares.map((share) =>
      sorted.length === 0 ? null : sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]);
  }
}
