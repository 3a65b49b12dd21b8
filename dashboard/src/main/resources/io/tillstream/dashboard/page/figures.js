// The four headline figures. A window that is still open is compared with nothing: its number is
// called "so far", and what is compared is the last complete window with the hour's average.

import {HourChart, series} from './chart.js';
import {scaleOf, sum} from './decimal.js';
import {el, keyed, set, show, text} from './dom.js';
import {compact, compactMoney, count, money, NONE, percent, span, windowName, windowTime} from './format.js';

const CURRENCY = 'tillstream.currency';

/** Every figure: how it reads a row, how it is written, what its hour comes to. */
const FIGURES = [
  {
    id: 'revenue', title: 'Revenue', kind: 'bars', money: true,
    of: (row, currency) => row.revenue?.[currency] ?? '0',
  },
  {
    id: 'orders', title: 'Orders', kind: 'bars',
    of: (row) => row.orders ?? 0, say: count, tick: compact,
  },
  {
    id: 'conversion', title: 'Conversion', kind: 'line', rate: true,
    of: (row) => row.conversion_rate ?? null, say: (value) => percent(value), tick: (value) => percent(value, value > 0 && value < 0.1 ? 1 : 0),
    none: 'no views yet', explained: 'purchases ÷ views',
  },
  {
    id: 'abandonment', title: 'Cart abandonment', kind: 'line', rate: true,
    of: (row) => row.abandonment_rate ?? null, say: (value) => percent(value), tick: (value) => percent(value, value > 0 && value < 0.1 ? 1 : 0),
    none: 'no cart has ended yet', explained: 'abandoned ÷ ended',
  },
];

/** The newest window that is complete, if any. */
export function lastComplete(rows) {
  return rows.findLast((row) => row.final) ?? null;
}

/** All currencies anything was sold in, the most usual first. */
export function currencies(rows) {
  const uses = new Map();
  for (const row of rows) {
    for (const currency of Object.keys(row.revenue ?? {})) {
      uses.set(currency, (uses.get(currency) ?? 0) + 1);
    }
  }
  return [...uses].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([currency]) => currency);
}

export class Currency {
  #chosen = null;

  constructor() {
    try {
      this.#chosen = localStorage.getItem(CURRENCY);
    } catch {
      // No storage: the most usual one is shown.
    }
  }

  of(all) {
    return all.includes(this.#chosen) ? this.#chosen : all[0] ?? 'USD';
  }

  choose(currency) {
    this.#chosen = currency;
    try {
      localStorage.setItem(CURRENCY, currency);
    } catch {
      // Then it holds until the page is left.
    }
  }
}

class Card {
  constructor(figure, currency, onChange) {
    this.figure = figure;
    this.currency = currency;
    const heading = `figure-${figure.id}`;
    this.value = el('span', {class: 'value', 'data-figure': figure.id});
    this.when = el('p', {class: 'hint', 'data-when': figure.id});
    this.last = el('span', {'data-last': figure.id});
    this.lastWord = el('span', {class: 'muted'});
    this.change = el('span', {class: 'change'});
    this.hour = el('p', {class: 'hint'});
    this.chart = el('div', {class: 'chart'});
    this.select = figure.money ? el('select', {'aria-label': 'Currency of the revenue', id: 'currency'}) : null;
    this.select?.addEventListener('change', () => {
      currency.choose(this.select.value);
      onChange();
    });
    this.node = el('section', {class: 'card figure', 'aria-labelledby': heading},
        el('div', {class: 'head'}, el('h2', {id: heading}, figure.title), this.select, this.when),
        el('div', {class: 'now'}, this.value, this.hour),
        el('p', {class: 'then'}, this.lastWord, this.last, this.change),
        this.chart);
    this.hourChart = new HourChart(this.chart, figure.kind, (value) => this.#tick(value), (value) => this.#say(value));
  }

  #money() {
    return this.currency.of(this.all ?? []);
  }

  #say(value) {
    return this.figure.money ? money(String(value), this.#money()) : this.figure.say(value);
  }

  #tick(value) {
    return this.figure.money ? compactMoney(value, this.#money()) : this.figure.tick(value);
  }

  paint(rows, windowMs) {
    this.all = currencies(rows);
    this.#paintCurrencies();
    const currency = this.#money();
    const of = (row) => this.figure.of(row, currency);
    const newest = rows.at(-1) ?? null;
    const now = newest ? of(newest) : null;
    text(this.value, now === null ? NONE : this.#say(now));
    set(this.value, 'data-value', now);
    set(this.value, 'data-window', newest?.window_start);
    set(this.value, 'data-currency', this.figure.money ? currency : null);
    text(this.when, this.#whenWords(newest, now, windowMs));
    this.#paintLast(rows, of, windowMs);
    text(this.hour, this.#hourWords(rows, of, currency, windowMs));
    const points = series(rows, windowMs, (row) => (of(row) === null ? null : Number(of(row))), this.figure.rate ? null : 0);
    this.hourChart.draw(points, windowMs, `${this.figure.title} of the last hour`);
  }

  #paintCurrencies() {
    if (!this.select) {
      return;
    }
    show(this.select, this.all.length > 1);
    keyed(this.select, this.all, (currency) => currency,
        (currency) => el('option', {value: currency}, currency), () => {});
    if (this.select.value !== this.#money()) {
      this.select.value = this.#money();
    }
  }

  #whenWords(newest, now, windowMs) {
    if (!newest) {
      return 'nothing has come yet';
    }
    if (now === null) {
      return this.figure.none;
    }
    const since = windowTime(newest.window_start, windowMs);
    return newest.final ? `in the ${windowName(windowMs)} from ${since}` : `so far, since ${since}`;
  }

  #paintLast(rows, of, windowMs) {
    const complete = rows.filter((row) => row.final);
    const last = complete.at(-1);
    const value = last ? of(last) : null;
    text(this.lastWord, `last full ${windowName(windowMs)} `);
    text(this.last, value === null ? NONE : this.#say(value));
    set(this.last, 'data-value', value);
    const earlier = complete.slice(0, -1).map((row) => Number(of(row) ?? NaN)).filter((number) => !Number.isNaN(number));
    const usual = earlier.reduce((total, number) => total + number, 0) / earlier.length;
    const off = value === null || earlier.length < 5 || usual === 0 ? null : Number(value) / usual - 1;
    const sign = off === null || Math.abs(off) < 0.005 ? '' : off > 0 ? '▲ ' : '▼ ';
    const share = off === null ? '' : `${Math.abs(off) > 9.99 ? 'over ' : ''}${percent(Math.min(9.99, Math.abs(off)), 0)}`;
    text(this.change, off === null ? '' : sign ? sign + share : 'as usual');
    set(this.change, 'title', off === null ? null : `against the average of the ${count(earlier.length)} windows before it`);
    set(this.change, 'aria-label', off === null || !sign ? null : `${share} ${off > 0 ? 'above' : 'below'} the hour's average`);
    set(this.change, 'role', off === null || !sign ? null : 'img');
  }

  #hourWords(rows, of, currency, windowMs) {
    if (this.figure.rate) {
      return this.figure.explained;
    }
    const shown = rows.slice(-60);
    if (shown.length < 2) {
      return '';
    }
    const total = this.figure.money
      ? sum(shown.map(of)) : shown.reduce((all, row) => all + of(row), 0);
    const long = span(Math.max(1, Date.parse(shown.at(-1).window_start) - Date.parse(shown[0].window_start) + windowMs));
    return `${this.figure.money ? rounded(total, currency) : this.figure.say(total)} in ${long}`;
  }
}

/** An hour's sum has no room for cents, unless it is small. */
function rounded(total, currency) {
  return Number(total) < 10000 || scaleOf(total) === 0 && Number(total) < 1000000 ? money(total, currency) : compactMoney(total, currency);
}

export function figures(state, root, currency, onCurrency) {
  const cards = FIGURES.map((figure) => new Card(figure, currency, onCurrency));
  root.append(...cards.map((card) => card.node));
  return () => cards.forEach((card) => card.paint(state.shop, state.windowMs));
}
