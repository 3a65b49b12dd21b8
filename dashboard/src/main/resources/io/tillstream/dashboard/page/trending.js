// What sells attention right now, with how its place moved, and what is nearly sold out.

import {el, keyed, set, show, text} from './dom.js';
import {count, seconds} from './format.js';

const MOST = 20;
const LOW_MOST = 50;

function productLink(node, id, title) {
  text(node, title || id);
  set(node, 'href', `#/product/${encodeURIComponent(id)}`);
  set(node, 'title', title ? `${title} (${id})` : id);
}

/** A sign for the eye, words for the ear. */
export function movement(rank, before) {
  if (before === null || before === undefined) {
    return {kind: 'new', sign: 'new', words: 'new in the list'};
  }
  const places = before - rank;
  if (places === 0) {
    return {kind: 'same', sign: '–', words: 'same place as before'};
  }
  const many = Math.abs(places);
  return {
    kind: places > 0 ? 'up' : 'down', sign: `${places > 0 ? '▲' : '▼'}${count(many)}`,
    words: `${places > 0 ? 'up' : 'down'} ${count(many)} ${many === 1 ? 'place' : 'places'}`,
  };
}

export function trending(state, {list, until, empty}) {
  return () => {
    const items = (state.trending?.items ?? []).slice(0, MOST);
    show(empty, items.length === 0);
    text(until, state.trending?.window_end && items.length > 0 ? `by views, until ${seconds(state.trending.window_end)}` : '');
    const most = items.reduce((all, item) => Math.max(all, item.views), 1);
    keyed(list, items, (item) => item.item_id, () => {
      const parts = {
        rank: el('span', {class: 'rank'}), move: el('span', {'aria-hidden': 'true'}), moved: el('span', {class: 'sr'}), title: el('a', {class: 'cut'}),
        category: el('span', {class: 'muted cut'}), views: el('span', {class: 'number'}), bar: el('span', {class: 'bar', 'aria-hidden': 'true'}),
      };
      const node = el('li', {}, parts.bar, parts.rank, el('span', {class: 'move'}, parts.move, parts.moved),
          el('span', {class: 'named'}, parts.title, parts.category), parts.views);
      node.parts = parts;
      return node;
    }, (node, item) => {
      const {rank, move, moved, title, category, views, bar} = node.parts;
      const how = movement(item.rank, item.previous_rank);
      set(node, 'data-item', item.item_id);
      set(node, 'data-rank', item.rank);
      text(rank, count(item.rank));
      text(move, how.sign);
      text(moved, how.words);
      set(move, 'class', `move-${how.kind}`);
      productLink(title, item.item_id, item.title);
      text(category, item.category ?? '');
      text(views, count(item.views));
      set(views, 'data-value', item.views);
      set(views, 'title', `${count(item.views)} views, ${count(item.units)} sold`);
      bar.style.setProperty('--share', String(item.views / most));
    });
  };
}

export function lowStock(state, {list, summary, empty}) {
  return () => {
    const items = (state.low_stock ?? []).slice(0, LOW_MOST);
    show(empty, items.length === 0);
    const all = state.low_stock?.length ?? 0;
    text(summary, all === 0 ? '' : `${count(all)} ${all === 1 ? 'product' : 'products'}`);
    keyed(list, items, (item) => item.item_id, () => {
      const parts = {title: el('a', {class: 'cut'}), at: el('span', {class: 'muted'}), left: el('span', {class: 'left'})};
      const node = el('li', {}, el('span', {class: 'named'}, parts.title, parts.at), parts.left);
      node.parts = parts;
      return node;
    }, (node, item) => {
      const {title, at, left} = node.parts;
      set(node, 'data-item', item.item_id);
      productLink(title, item.item_id, item.title);
      text(at, item.available_at ? seconds(item.available_at) : '');
      text(left, item.available === 0 ? 'sold out' : `${count(item.available)} left`);
      set(left, 'data-value', item.available);
      set(left, 'data-none', item.available === 0);
    });
  };
}
