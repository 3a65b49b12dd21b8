// All that the server has told, as it stands now. Messages go in, parts that changed come out;
// nothing here knows how anything looks. Memory is bounded by what is kept: windows and alerts.

const WINDOWS = 70;
const ALERTS = 300;
const WHOLE = ['categories', 'segments', 'trending', 'low_stock', 'agents', 'routes', 'ledger', 'lag',
  'rates', 'checkpoints', 'job'];

export class State {
  constructor() {
    /** The answer to the last `watch`; it outlives a snapshot, which says nothing of it. */
    this.view = null;
    this.forget();
  }

  forget() {
    /** Whether a snapshot has come at all. */
    this.known = false;
    this.windowMs = 60000;
    /** The shop's rows, oldest first. */
    this.shop = [];
    /** Alerts by their id. */
    this.alerts = new Map();
    this.health = null;
    this.healthAt = 0;
    /** When the last message came, by this browser's clock. */
    this.heardAt = 0;
    for (const part of WHOLE) {
      this[part] = null;
    }
  }

  /**
   * Takes a message in.
   *
   * @param at when it came, in ms of this browser's clock
   * @returns the names of the parts that are not as before
   */
  apply(message, at) {
    this.heardAt = at;
    if (message.type === 'view') {
      this.view = {...message, rows: [...(message.rows ?? [])].sort((one, other) => startOf(one) - startOf(other))};
      return new Set(['view']);
    }
    const changed = new Set();
    if (message.type === 'snapshot') {
      this.forget();
      this.heardAt = at;
      this.known = true;
      // A snapshot is all there is: what it leaves out is gone.
      ['shop', 'alerts', 'health', ...WHOLE].forEach((part) => changed.add(part));
    }
    if (message.window_ms) {
      this.windowMs = message.window_ms;
    }
    if (message.shop) {
      this.#takeRows(message.shop);
      changed.add('shop');
    }
    if (message.alerts) {
      this.#takeAlerts(message.alerts);
      changed.add('alerts');
    }
    if (message.health) {
      this.health = message.health;
      this.healthAt = at;
      changed.add('health');
    }
    for (const part of WHOLE) {
      if (part in message) {
        this[part] = message[part];
        changed.add(part);
      }
    }
    return changed;
  }

  #takeRows(rows) {
    const all = new Map(this.shop.map((row) => [row.window_start, row]));
    for (const row of rows) {
      all.set(row.window_start, row);
    }
    this.shop = [...all.values()].sort((one, other) => startOf(one) - startOf(other)).slice(-WINDOWS);
  }

  #takeAlerts(alerts) {
    for (const alert of alerts) {
      this.alerts.set(alert.alert_id, alert);
    }
    if (this.alerts.size > ALERTS) {
      const closed = [...this.alerts.values()].filter((alert) => !isOpen(alert)).sort(byNewest);
      for (const alert of closed.slice(Math.max(0, closed.length - (this.alerts.size - ALERTS)))) {
        this.alerts.delete(alert.alert_id);
      }
    }
  }

  /** Open ones first, then the newest first. */
  sortedAlerts() {
    return [...this.alerts.values()].sort(openFirst);
  }

  /** The age of the newest record known, in ms, as of now; null before the first. */
  dataAge(now) {
    const age = this.health?.data_age_ms;
    return age === null || age === undefined ? null : age + Math.max(0, now - this.healthAt);
  }
}

export function startOf(row) {
  return Date.parse(row.window_start);
}

export function isOpen(alert) {
  return alert.status !== 'resolved';
}

function byNewest(one, other) {
  return Date.parse(other.raised_at) - Date.parse(one.raised_at);
}

const WORST_FIRST = ['critical', 'warning', 'info'];

/** Open ones first, of these the worst first; then the newest first. */
export function openFirst(one, other) {
  const open = isOpen(one);
  return Number(isOpen(other)) - Number(open)
    || (open ? WORST_FIRST.indexOf(one.severity) - WORST_FIRST.indexOf(other.severity) : 0)
    || byNewest(one, other);
}
