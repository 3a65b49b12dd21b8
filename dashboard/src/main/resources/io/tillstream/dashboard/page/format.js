// Numbers, money and times as the reader's own locale writes them. Formats are costly to make and
// cheap to use, so each is made once.

const cache = new Map();

function numbers(options) {
  const key = JSON.stringify(options);
  if (!cache.has(key)) {
    cache.set(key, new Intl.NumberFormat(undefined, options));
  }
  return cache.get(key);
}

const timeOfDay = new Intl.DateTimeFormat(undefined, {timeStyle: 'medium'});
const minuteOfDay = new Intl.DateTimeFormat(undefined, {timeStyle: 'short'});
const dayAndTime = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'medium'});

export const NONE = '–';

export function count(value) {
  return value === null || value === undefined ? NONE : numbers({maximumFractionDigits: 0}).format(value);
}

export function compact(value) {
  return numbers({notation: 'compact', maximumFractionDigits: value < 10 ? 2 : 1}).format(value);
}

export function perSecond(value) {
  if (value === null || value === undefined) {
    return NONE;
  }
  const shown = value >= 100000 ? compact(value) : numbers({maximumFractionDigits: value < 10 ? 1 : 0}).format(value);
  return `${shown}/s`;
}

/** A rate 0..1 as a percentage. */
export function percent(rate, digits = 2) {
  return rate === null || rate === undefined
    ? NONE
    : numbers({style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits}).format(rate);
}

/**
 * Money, to the last digit it has. The formatter takes the text itself, so no digit is lost on
 * the way, however large the sum.
 */
export function money(value, currency) {
  if (value === null || value === undefined) {
    return NONE;
  }
  const point = value.indexOf('.');
  const digits = point < 0 ? 0 : value.length - point - 1;
  const usual = numbers({style: 'currency', currency}).resolvedOptions().maximumFractionDigits;
  return numbers({style: 'currency', currency, maximumFractionDigits: Math.max(usual, Math.min(digits, 20))}).format(value);
}

export function compactMoney(value, currency) {
  return numbers({style: 'currency', currency, notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 1}).format(value);
}

/** All currencies of a sum side by side; never added. */
export function moneyOfEach(sums) {
  const all = Object.entries(sums ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  return all.length === 0 ? NONE : all.map(([currency, value]) => money(value, currency)).join(' + ');
}

export function number(value) {
  return numbers({maximumFractionDigits: Math.abs(value) < 1 ? 4 : 2}).format(value);
}

export function seconds(instant) {
  return timeOfDay.format(new Date(instant));
}

/** To the minute, or to the second where windows are shorter than that. */
export function windowTime(instant, windowMs) {
  return (windowMs % 60000 === 0 ? minuteOfDay : timeOfDay).format(new Date(instant));
}

/** The time of day, with the date where it was another day. */
export function moment(instant) {
  const date = new Date(instant);
  const today = new Date();
  return date.toDateString() === today.toDateString() ? timeOfDay.format(date) : dayAndTime.format(date);
}

export function millis(ms) {
  return ms === null || ms === undefined
    ? NONE
    : ms < 1000 ? `${count(Math.round(ms))} ms` : ms < 60000 ? `${numbers({maximumFractionDigits: 1}).format(ms / 1000)} s` : span(ms);
}

/** A length of time in words, as coarse as people say it. */
export function span(ms) {
  const all = Math.max(0, Math.round(ms / 1000));
  if (all < 120) {
    return `${count(all)} s`;
  }
  if (all < 7200) {
    return `${count(Math.floor(all / 60))} min`;
  }
  return all < 172800 ? `${count(Math.floor(all / 3600))} h` : `${count(Math.floor(all / 86400))} days`;
}

export function bytes(value) {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  let size = value;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return numbers({style: 'unit', unit: units[unit], unitDisplay: 'short', maximumFractionDigits: size < 10 ? 1 : 0}).format(size);
}

/** `add_to_carts` as people read it. */
export function words(name) {
  const plain = name.replaceAll('_', ' ').replaceAll('.', ', ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** A metric's value in the metric's own unit. */
export function metric(name, value) {
  if (value === null || value === undefined) {
    return NONE;
  }
  const [kind, currency] = name.split('.');
  if ((kind === 'revenue' || kind === 'refunds') && currency) {
    return money(String(value), currency);
  }
  return kind.endsWith('_rate') ? percent(Number(value)) : number(Number(value));
}

/** What one window is called. */
export function windowName(windowMs) {
  return windowMs === 60000 ? 'minute' : windowMs === 3600000 ? 'hour' : `${span(windowMs)} window`;
}

/** The time zone all times on the page are in. */
export function zone() {
  const name = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const parts = new Intl.DateTimeFormat(undefined, {timeZoneName: 'shortOffset'}).formatToParts(new Date());
  const offset = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
  return offset && offset !== name ? `${name} (${offset})` : name;
}
