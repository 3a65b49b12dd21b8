// Which view the address asks for, and the views that are tables. The address alone decides, so
// that a view can be bookmarked, sent to somebody, and left by the browser's own way back.

import {keyColumns, windowColumns} from './columns.js';
import {Detail} from './detail.js';
import {el, show, text} from './dom.js';
import {count, windowName, windowTime} from './format.js';
import {Table} from './table.js';

const DETAILS = new Set(['product', 'category', 'segment']);

/** `#/product/SKU%201` and the like; whatever is not known is the overview. */
export function parse(hash) {
  const [, name = '', ...rest] = hash.replace(/^#/, '').split('/');
  if (DETAILS.has(name) && rest.length > 0 && rest[0] !== '') {
    try {
      return {name: 'detail', dimension: name, key: decodeURIComponent(rest.join('/'))};
    } catch {
      return {name: 'overview'};
    }
  }
  return ['categories', 'segments', 'hour'].includes(name) ? {name} : {name: 'overview'};
}

class Heads {
  constructor(heading) {
    this.heading = el('h1', {tabindex: -1}, heading);
    this.sub = el('p', {class: 'muted'});
    this.node = el('div', {class: 'page-head'}, this.heading, this.sub);
  }
}

/** All categories, or all segments, of the newest window. */
class Keys {
  constructor(state, name, dimension, explained) {
    this.state = state;
    this.name = name;
    this.dimension = dimension;
    this.head = new Heads(dimension === 'category' ? 'Categories' : 'Segments');
    this.heading = this.head.heading;
    this.table = new Table((row) => row.key, {id: 'purchases', down: true});
    this.empty = el('p', {class: 'empty'}, 'Nothing was counted yet.');
    this.node = el('div', {}, this.head.node, el('div', {class: 'card'}, this.table.node, this.empty, el('p', {class: 'hint'}, explained)));
  }

  paint() {
    const rows = this.state[this.name] ?? [];
    show(this.empty, rows.length === 0);
    show(this.table.node, rows.length > 0);
    if (rows.length > 0) {
      const {windowMs} = this.state;
      const newest = rows.reduce((last, row) => (row.window_start > last ? row.window_start : last), '');
      const over = rows.every((row) => row.final);
      text(this.head.sub, `${count(rows.length)} in the ${windowName(windowMs)} from ${windowTime(newest, windowMs)}${over ? '' : ', so far'}`);
      this.table.paint(`${this.dimension === 'category' ? 'Categories' : 'Segments'} in the newest window`, keyColumns(rows, this.dimension), rows);
    }
  }
}

/** The whole shop, window by window: the charts' numbers for whoever wants them exactly. */
class Hour {
  constructor(state) {
    this.state = state;
    this.head = new Heads('The last hour');
    this.heading = this.head.heading;
    this.table = new Table((row) => row.window_start, {id: 'window_start', down: true});
    this.empty = el('p', {class: 'empty'}, 'Nothing has come yet.');
    this.node = el('div', {}, this.head.node, el('div', {class: 'card'}, this.table.node, this.empty));
  }

  paint() {
    const rows = this.state.shop;
    show(this.empty, rows.length === 0);
    show(this.table.node, rows.length > 0);
    text(this.head.sub, `The whole shop, each ${windowName(this.state.windowMs)}`);
    this.table.paint('The whole shop, window by window', windowColumns(rows, 'shop', this.state.windowMs), rows);
  }
}

export class Views {
  #shown = null;
  #address = null;

  constructor(state, {overview, root, nav}, connection) {
    this.state = state;
    this.overview = overview;
    this.root = root;
    this.links = [...nav.querySelectorAll('a')];
    this.connection = connection;
    addEventListener('hashchange', () => this.#go(true));
  }

  start() {
    this.#go(false);
  }

  #go(moved) {
    const address = parse(location.hash);
    this.#shown?.close?.();
    this.#address = address;
    this.#shown = this.#make(address);
    const detail = address.name === 'detail';
    this.state.view = null;
    this.connection.watch(detail ? address.dimension : null, detail ? address.key : null);
    show(this.overview, !this.#shown);
    show(this.root, Boolean(this.#shown));
    this.root.replaceChildren(...(this.#shown ? [this.#shown.node] : []));
    document.body.dataset.view = address.name;
    for (const link of this.links) {
      const here = parse(link.hash).name === address.name;
      here ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current');
    }
    const name = this.#shown ? this.#shown.heading.textContent : null;
    document.title = name ? `${name} · Tillstream` : 'Tillstream';
    this.paint();
    if (moved) {
      scrollTo(0, 0);
      // Where a page would have been loaded, a screen reader begins at its head.
      (this.#shown?.heading ?? document.getElementById('main')).focus({preventScroll: true});
    }
  }

  #make(address) {
    switch (address.name) {
      case 'categories':
        return new Keys(this.state, 'categories', 'category', 'A product\'s category is the one of the look-up made when it was first counted.');
      case 'segments':
        return new Keys(this.state, 'segments', 'segment', 'Segments count purchases and refunds only, by the shopper\'s segment.');
      case 'hour':
        return new Hour(this.state);
      case 'detail':
        return new Detail(this.state, address.dimension, address.key);
      default:
        return null;
    }
  }

  /** Whether the overview is what is seen. */
  get onOverview() {
    return this.#shown === null;
  }

  paint() {
    this.#shown?.paint();
  }
}
