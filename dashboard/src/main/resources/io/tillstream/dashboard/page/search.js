// The search box: `/` goes there, letters bring suggestions, arrows choose, Enter goes. A number
// that is not suggested can be gone to all the same.

import {el, set, show, text} from './dom.js';
import {count} from './format.js';

const WAIT_MS = 150;
const MOST = 8;

export function search(input, list) {
  let timer = 0;
  let asked = 0;
  let chosen = -1;
  let found = [];

  const close = () => {
    found = [];
    chosen = -1;
    list.replaceChildren();
    show(list, false);
    set(input, 'aria-expanded', 'false');
    set(input, 'aria-activedescendant', null);
  };
  const go = (id) => {
    close();
    input.value = '';
    location.hash = `#/product/${encodeURIComponent(id)}`;
  };
  const choose = (at) => {
    chosen = at;
    [...list.children].forEach((node, index) => set(node, 'aria-selected', String(index === at)));
    set(input, 'aria-activedescendant', at >= 0 ? `found-${at}` : null);
    list.children[at]?.scrollIntoView({block: 'nearest'});
  };
  const suggest = (products) => {
    found = products.slice(0, MOST);
    chosen = -1;
    list.replaceChildren(...found.map((product, at) => {
      const title = el('span', {class: 'cut'});
      text(title, product.title || product.item_id);
      const stock = product.available === null || product.available === undefined ? '' : `, ${count(product.available)} left`;
      const node = el('li', {id: `found-${at}`, role: 'option', 'aria-selected': 'false'}, title,
          el('span', {class: 'muted'}, `${product.item_id}${stock}`));
      // Before the input loses its focus and the list is gone.
      node.addEventListener('mousedown', (event) => {
        event.preventDefault();
        go(product.item_id);
      });
      return node;
    }));
    if (found.length === 0) {
      list.append(el('li', {class: 'none', role: 'option', 'aria-selected': 'false', 'aria-disabled': 'true'}, 'No product seen lately has that name. Enter goes to that number.'));
    }
    show(list, true);
    set(input, 'aria-expanded', 'true');
    set(input, 'aria-activedescendant', null);
  };
  const ask = async () => {
    const query = input.value.trim();
    const mine = ++asked;
    if (!query) {
      close();
      return;
    }
    try {
      const answer = await fetch(`api/products?limit=${MOST}&query=${encodeURIComponent(query)}`);
      if (answer.ok && mine === asked) {
        const {products} = await answer.json();
        if (mine === asked && document.activeElement === input) {
          suggest(products ?? []);
        }
      }
    } catch {
      close(); // no connection, and the page says so elsewhere
    }
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (found.length > 0) {
        const step = event.key === 'ArrowDown' ? 1 : -1;
        choose((chosen + step + found.length + (chosen < 0 && step < 0 ? 1 : 0)) % found.length);
      }
    } else if (event.key === 'Enter') {
      const typed = input.value.trim();
      asked++; // an answer under way is of no use any more
      if (chosen >= 0) {
        go(found[chosen].item_id);
      } else if (found.length === 1) {
        go(found[0].item_id);
      } else if (typed) {
        go(typed);
      }
    } else if (event.key === 'Escape') {
      asked++;
      close();
    }
  });
  addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, select, textarea, dialog[open]');
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });
}
