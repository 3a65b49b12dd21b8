// Exact decimals, as the contract sends money: plain strings of any length. Added as integers of
// the finest scale, never through binary floating point.

function parse(value) {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value);
  if (!match) {
    return null;
  }
  const fraction = match[3] ?? '';
  const units = BigInt(match[2] + fraction);
  return {units: match[1] ? -units : units, scale: fraction.length};
}

/** The exact sum; texts that are no decimals count nothing. */
export function sum(values) {
  const parsed = values.map(parse).filter((value) => value !== null);
  const scale = parsed.reduce((most, value) => Math.max(most, value.scale), 0);
  const units = parsed.reduce(
      (total, value) => total + value.units * 10n ** BigInt(scale - value.scale), 0n);
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const sign = units < 0n ? '-' : '';
  return scale === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-scale)}`;
}

/** How many digits stand after the point. */
export function scaleOf(value) {
  const point = value.indexOf('.');
  return point < 0 ? 0 : value.length - point - 1;
}
