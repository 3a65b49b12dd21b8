// The columns of all tables of metrics: the contract's numbers, in the contract's order.

import {count, metric, money, NONE, percent, windowTime} from './format.js';

function counted(id, title) {
  return {id, title, numeric: true, text: (row) => count(row[id]), raw: (row) => row[id], sort: (row) => row[id] ?? null};
}

function rate(id, title) {
  return {id, title, numeric: true, text: (row) => percent(row[id]), raw: (row) => row[id], sort: (row) => row[id] ?? null};
}

/** One column a currency: sums of different currencies have no order among each other. */
function moneyColumns(field, title, rows) {
  const all = new Set();
  for (const row of rows) {
    for (const [currency, sum] of Object.entries(row[field] ?? {})) {
      if (field === 'revenue' || Number(sum) !== 0) {
        all.add(currency);
      }
    }
  }
  return [...all].sort().map((currency) => ({
    id: `${field}.${currency}`, title: `${title} ${currency}`, numeric: true,
    text: (row) => (row[field]?.[currency] === undefined ? NONE : money(row[field][currency], currency)),
    raw: (row) => row[field]?.[currency], sort: (row) => (row[field]?.[currency] === undefined ? null : Number(row[field][currency])),
  }));
}

/** For rows of one window. */
export function keyColumns(rows, dimension) {
  return [
    {
      id: 'key', title: dimension === 'category' ? 'Category' : 'Segment', heads: true, text: (row) => row.key, raw: (row) => row.key,
      sort: (row) => row.key, link: (row) => `#/${dimension}/${encodeURIComponent(row.key)}`,
    },
    ...(dimension === 'category'
      ? [counted('views', 'Views'), counted('add_to_carts', 'Into carts'), counted('checkouts', 'Checkouts')] : []),
    counted('purchases', 'Purchases'), counted('units', 'Units'), ...moneyColumns('revenue', 'Revenue', rows),
    ...moneyColumns('refunds', 'Refunds', rows),
    ...(dimension === 'category' ? [rate('conversion_rate', 'Conversion')] : []), counted('degraded', 'Degraded'),
  ];
}

/** For rows of one key, window by window. */
export function windowColumns(rows, dimension, windowMs) {
  const shop = dimension === 'shop';
  const segment = dimension === 'segment';
  return [
    {
      id: 'window_start', title: 'Window', heads: true,
      text: (row) => `${windowTime(row.window_start, windowMs)}${row.final ? '' : ' so far'}`,
      raw: (row) => row.window_start, sort: (row) => Date.parse(row.window_start),
    },
    ...(segment ? [] : [counted('views', 'Views'), counted('add_to_carts', 'Into carts'), counted('checkouts', 'Checkouts')]),
    ...(shop ? [counted('orders', 'Orders')] : []), counted('purchases', 'Purchases'), counted('units', 'Units'),
    ...moneyColumns('revenue', 'Revenue', rows), ...moneyColumns('refunds', 'Refunds', rows),
    ...(segment ? [] : [rate('conversion_rate', 'Conversion')]),
    ...(shop ? [counted('carts_abandoned', 'Carts left'), rate('abandonment_rate', 'Abandonment')] : []),
    ...(dimension === 'product' ? [{
      id: 'available', title: 'Stock', numeric: true, text: (row) => metric('available', row.available), raw: (row) => row.available, sort: (row) => row.available ?? null,
    }] : []),
    counted('degraded', 'Degraded'),
  ];
}
