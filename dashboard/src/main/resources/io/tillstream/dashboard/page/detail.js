// One product's (or category's, or segment's) last hour: its numbers now, its charts, its alerts,
// and every window exactly.

import {alertList} from './alerts.js';
import {HourChart, series} from './chart.js';
import {windowColumns} from './columns.js';
import {el, keyed, set, show, text} from './dom.js';
import {compact, compactMoney, count, money, moneyOfEach, NONE, percent, seconds, windowName, windowTime} from './format.js';
import {currencies} from './figures.js';
import {openFirst} from './state.js';
import {Table} from './table.js';

export class Detail {
  constructor(state, dimension, key) {
    this.state = state;
    this.dimension = dimension;
    this.key = key;
    this.currency = 'USD';
    this.heading = el('h1', {tabindex: -1}, key);
    this.sub = el('p', {class: 'muted'});
    this.waiting = el('p', {class: 'hint'}, 'Looking it up…');
    this.stats = el('dl', {class: 'stats'});
    this.counted = el('div', {class: 'chart tall'});
    this.earned = el('div', {class: 'chart tall'});
    this.countedHead = el('h2', {}, dimension === 'segment' ? 'Purchases' : 'Views');
    this.earnedHead = el('h2', {}, 'Revenue');
    const say = (value) => money(String(value), this.currency);
    this.countedChart = new HourChart(this.counted, 'bars', compact, count);
    this.earnedChart = new HourChart(this.earned, 'bars', (value) => compactMoney(value, this.currency), say);
    this.alerts = el('ul');
    this.noAlerts = el('p', {class: 'empty'}, 'No alert.');
    this.table = new Table((row) => row.window_start, {id: 'window_start', down: true});
    this.empty = el('p', {class: 'empty'}, 'Nothing was counted for it in the last hour.');
    this.node = el('div', {class: 'detail', 'data-detail': dimension, 'data-detail-key': key},
        el('div', {class: 'page-head'}, this.heading, this.sub, this.waiting),
        el('section', {class: 'card', 'aria-label': 'Now'}, this.stats),
        el('div', {class: 'pair'},
            el('section', {class: 'card'}, el('div', {class: 'head'}, this.countedHead), this.counted),
            el('section', {class: 'card'}, el('div', {class: 'head'}, this.earnedHead), this.earned)),
        el('section', {class: 'card alerts', 'aria-label': 'Alerts'}, el('div', {class: 'head'}, el('h2', {}, 'Alerts')), this.alerts, this.noAlerts),
        el('section', {class: 'card', 'aria-label': 'Each window'}, el('div', {class: 'head'}, el('h2', {}, 'Window by window')), this.table.node, this.empty));
  }

  paint() {
    const {view, windowMs} = this.state;
    const mine = view && view.dimension === this.dimension && view.key === this.key ? view : null;
    const rows = mine?.rows ?? [];
    set(this.node, 'data-ready', Boolean(mine));
    show(this.waiting, !mine || mine.complete === false);
    text(this.waiting, mine ? 'Its hour is still being collected: numbers may be missing.' : 'Looking it up…');
    if (mine?.title && this.heading.textContent !== mine.title) {
      text(this.heading, mine.title);
      document.title = `${mine.title} · Tillstream`;
    }
    text(this.sub, this.#what(mine));
    keyed(this.stats, this.#stats(mine, rows, windowMs), ([id]) => id, ([id, title]) => {
      const value = el('span', {class: 'value', 'data-stat': id});
      const more = el('span', {class: 'muted'});
      const node = el('div', {}, el('dt', {}, title), el('dd', {}, value, more));
      node.parts = {value, more};
      return node;
    }, (node, [, , shown, raw, more]) => {
      text(node.parts.value, shown);
      set(node.parts.value, 'data-value', raw);
      text(node.parts.more, more ?? '');
    });
    this.#paintCharts(rows, windowMs);
    const alerts = [...(mine?.alerts ?? [])].sort(openFirst);
    alertList(this.alerts, alerts);
    show(this.noAlerts, alerts.length === 0);
    show(this.empty, rows.length === 0);
    show(this.table.node, rows.length > 0);
    this.table.paint('Its last hour, window by window', windowColumns(rows, this.dimension, windowMs), rows);
  }

  close() {
    this.countedChart.close();
    this.earnedChart.close();
  }

  #what(mine) {
    const kind = this.dimension.charAt(0).toUpperCase() + this.dimension.slice(1);
    if (this.dimension !== 'product') {
      return kind;
    }
    return `${kind} ${this.key}${mine?.category ? ` · ${mine.category}` : ''}`;
  }

  #stats(mine, rows, windowMs) {
    const newest = rows.at(-1);
    const when = newest
      ? `${newest.final ? 'in the' : 'so far in the'} ${windowName(windowMs)} from ${windowTime(newest.window_start, windowMs)}` : '';
    const all = [];
    if (this.dimension === 'product') {
      const left = mine?.available;
      all.push(['available', 'In stock', left === null || left === undefined ? 'not told' : count(left), left,
        mine?.available_at ? `as of ${seconds(mine.available_at)}` : '']);
    }
    if (this.dimension !== 'segment') {
      all.push(['views', 'Views', newest ? count(newest.views) : NONE, newest?.views, when]);
    }
    all.push(['units', 'Units sold', newest ? count(newest.units) : NONE, newest?.units, when]);
    all.push(['revenue', 'Revenue', newest ? moneyOfEach(newest.revenue) : NONE, newest ? JSON.stringify(newest.revenue ?? {}) : null, when]);
    if (this.dimension !== 'segment') {
      all.push(['conversion_rate', 'Conversion', percent(newest?.conversion_rate), newest?.conversion_rate, when]);
    }
    return all;
  }

  #paintCharts(rows, windowMs) {
    const segment = this.dimension === 'segment';
    this.countedChart.draw(series(rows, windowMs, (row) => (segment ? row.purchases : row.views) ?? 0, 0), windowMs,
        segment ? 'Purchases of the last hour' : 'Views of the last hour');
    [this.currency = 'USD'] = currencies(rows);
    text(this.earnedHead, rows.length > 0 && currencies(rows).length > 0 ? `Revenue, ${this.currency}` : 'Revenue');
    this.earnedChart.draw(series(rows, windowMs, (row) => Number(row.revenue?.[this.currency] ?? 0), 0), windowMs,
        `Revenue in ${this.currency} of the last hour`);
  }
}
