// The one WebSocket. It is opened again for ever, later and later, and not by all readers at the
// same moment: waits grow to a bound and are drawn by lot. What is watched is said anew each time.

const FIRST_MS = 500;
const LONGEST_MS = 15000;
/** Silence that long makes us ask whether anybody is still there. */
const SILENCE_MS = 12000;

export class Connection {
  #url;
  #onMessage;
  #onPhase;
  #socket = null;
  #timer = 0;
  #attempts = 0;
  #lostAt = 0;
  #heardAt = 0;
  #watching = null;

  /** Where it stands: `connecting`, `open` or `waiting`, the latter with `retryAt`. */
  phase = {kind: 'connecting', lostAt: 0};

  constructor(url, onMessage, onPhase) {
    this.#url = url;
    this.#onMessage = onMessage;
    this.#onPhase = onPhase;
    addEventListener('online', () => this.#hurry());
    document.addEventListener('visibilitychange', () => document.hidden || this.#hurry());
    setInterval(() => this.#askIfSilent(), SILENCE_MS / 3);
  }

  open() {
    clearTimeout(this.#timer);
    this.#say({kind: 'connecting', lostAt: this.#lostAt});
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.onopen = () => {
      this.#heardAt = Date.now();
      if (this.#watching) {
        this.#send();
      }
    };
    socket.onmessage = (event) => {
      this.#heardAt = Date.now();
      let message;
      try {
        message = JSON.parse(event.data);
      } catch {
        return; // not of this protocol
      }
      if (message.type === 'snapshot') {
        // Only now is it of use to anybody: a server that takes calls and drops them still has us wait longer.
        this.#attempts = 0;
        this.#lostAt = 0;
        this.#say({kind: 'open', lostAt: 0});
      }
      this.#onMessage(message);
    };
    socket.onclose = () => this.#lost(socket);
  }

  /** Asks for one key's own rows, or for none with null. */
  watch(dimension, key) {
    this.#watching = dimension ? {dimension, key} : null;
    this.#send();
  }

  #send() {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify({watch: this.#watching}));
    }
  }

  #lost(socket) {
    if (socket !== this.#socket) {
      return; // given up already
    }
    this.#socket = null;
    this.#lostAt ||= Date.now();
    const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#attempts++);
    const wait = longest * (0.5 + Math.random() / 2);
    this.#say({kind: 'waiting', lostAt: this.#lostAt, retryAt: Date.now() + wait});
    this.#timer = setTimeout(() => this.open(), wait);
  }

  #hurry() {
    if (this.phase.kind === 'waiting') {
      this.open();
    }
  }

  /** A connection may be dead without a word: a server that lives answers a plain question. */
  async #askIfSilent() {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN || Date.now() - this.#heardAt < SILENCE_MS) {
      return;
    }
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), SILENCE_MS / 3);
    try {
      await fetch('api/ledger', {cache: 'no-store', signal: giveUp.signal});
      this.#heardAt = Date.now();
    } catch {
      socket.close();
      this.#lost(socket);
    } finally {
      clearTimeout(timer);
    }
  }

  #say(phase) {
    this.phase = phase;
    this.#onPhase(phase);
  }
}
