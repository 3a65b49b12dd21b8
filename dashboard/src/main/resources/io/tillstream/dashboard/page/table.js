// A table that sorts by any of its columns, kept row by row as numbers change.

import {el, keyed, set, text} from './dom.js';

/**
 * @param columns each `{id, title, text(row), raw(row), sort(row), numeric, link(row)}`; `raw` is the
 *     exact value, for whoever reads the page by program
 */
export class Table {
  #columns = [];
  #sorted;
  #rows = [];
  #keyOf;
  #head = el('tr');
  #body = el('tbody');
  #caption = el('caption');

  constructor(keyOf, sorted) {
    this.#keyOf = keyOf;
    this.#sorted = sorted;
    this.node = el('div', {class: 'table', tabindex: 0, role: 'region'},
        el('table', {}, this.#caption, el('thead', {}, this.#head), this.#body));
  }

  paint(caption, columns, rows) {
    text(this.#caption, caption);
    set(this.node, 'aria-label', caption);
    this.#columns = columns;
    this.#rows = rows;
    this.#draw();
  }

  #sortBy(id) {
    const same = this.#sorted.id === id;
    const column = this.#columns.find((one) => one.id === id);
    this.#sorted = {id, down: same ? !this.#sorted.down : Boolean(column?.numeric)};
    this.#draw();
  }

  #draw() {
    const {id, down} = this.#sorted;
    keyed(this.#head, this.#columns, (column) => column.id, (column) => {
      const button = el('button', {type: 'button', 'data-sort': column.id}, column.title);
      button.addEventListener('click', () => this.#sortBy(column.id));
      return el('th', {scope: 'col'}, button);
    }, (cell, column) => {
      set(cell, 'class', column.numeric ? 'number' : null);
      set(cell, 'aria-sort', column.id === id ? (down ? 'descending' : 'ascending') : null);
    });
    const by = this.#columns.find((column) => column.id === id) ?? this.#columns[0];
    const rows = [...this.#rows].sort((one, other) => compare(by.sort(one), by.sort(other)) * (down ? -1 : 1));
    keyed(this.#body, rows, this.#keyOf, () => el('tr'), (line, row) => {
      set(line, 'data-row', this.#keyOf(row));
      keyed(line, this.#columns, (column) => column.id, (column) =>
        el(column.heads ? 'th' : 'td', {scope: column.heads ? 'row' : null, class: column.numeric ? 'number' : null, 'data-metric': column.id},
            column.link ? el('a') : el('span')),
      (cell, column) => {
        const inside = cell.firstChild;
        text(inside, column.text(row));
        if (column.link) {
          set(inside, 'href', column.link(row));
        }
        set(cell, 'data-value', column.raw?.(row));
        if (column.heads) {
          set(line, 'data-open', row.final === false);
        }
      });
    });
  }
}

/** Unknown ones are less than all others. */
function compare(one, other) {
  if (one === other) {
    return 0;
  }
  if (one === null || one === undefined) {
    return -1;
  }
  if (other === null || other === undefined) {
    return 1;
  }
  return typeof one === 'string' ? one.localeCompare(other) : one - other;
}
