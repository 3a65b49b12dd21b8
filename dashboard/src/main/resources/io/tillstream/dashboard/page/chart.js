// A last hour as a small chart (uPlot). Bars for what adds up, a line for rates. The window that is
// still open is drawn fainter, so that nobody takes it for a collapse.

import uPlot from './vendor/uplot/uPlot.esm.js';
import {el, set, text} from './dom.js';
import {windowTime} from './format.js';
import {colour, onTheme} from './theme.js';

const FONT = '11px system-ui, sans-serif';
const FEWEST = 20;
const MOST = 60;

/** Every window between the first and the last row, so that a gap looks like one. */
export function series(rows, windowMs, valueOf, empty) {
  if (rows.length === 0) {
    return {xs: [], ys: [], open: false};
  }
  const byStart = new Map(rows.map((row) => [Date.parse(row.window_start), row]));
  const last = Date.parse(rows.at(-1).window_start);
  const first = Math.max(Date.parse(rows[0].window_start), last - (MOST - 1) * windowMs);
  const xs = [];
  const ys = [];
  for (let start = first; start <= last; start += windowMs) {
    const row = byStart.get(start);
    xs.push(start / 1000);
    ys.push(row ? valueOf(row) : empty);
  }
  return {xs, ys, open: !rows.at(-1).final};
}

function fits(plot, at) {
  const place = plot.valToPos(at, 'x');
  return place > 20 && place < plot.bbox.width / devicePixelRatio - 22;
}

export class HourChart {
  #node;
  #plot = null;
  #kind;
  #tick;
  #say;
  #windowMs = 60000;
  #drawn = '';
  #readout;
  #close;

  /**
   * @param node takes the chart; it gives the size
   * @param kind `bars` or `line`
   * @param tick value to its short text, for the axis
   * @param say value to its text
   */
  constructor(node, kind, tick, say) {
    this.#node = node;
    this.#kind = kind;
    this.#tick = tick;
    this.#say = say;
    this.#readout = el('p', {class: 'readout', 'aria-hidden': 'true'});
    node.append(this.#readout);
    set(node, 'role', 'img');
    // Told by an observer, the size costs no layout of its own.
    const sizes = new ResizeObserver((entries) => this.#resize(entries[0].contentRect));
    sizes.observe(node);
    const forget = onTheme(() => this.#plot?.redraw(true));
    this.#close = () => {
      sizes.disconnect();
      forget();
      this.#plot?.destroy();
    };
  }

  /** For a chart whose view is left: nothing may hold it any more. */
  close() {
    this.#close();
  }

  /** @param name begins the words that stand for the chart where it cannot be seen */
  draw({xs, ys, open}, windowMs, name) {
    this.#windowMs = windowMs;
    const now = JSON.stringify([xs[0], ys, open]);
    if (now === this.#drawn) {
      return;
    }
    this.#drawn = now;
    set(this.#node, 'data-empty', xs.length === 0);
    set(this.#node, 'aria-label', this.#words(xs, ys, open, name));
    const last = xs.length - 1;
    const closed = ys.map((value, at) => (open && at === last ? null : value));
    const current = ys.map((value, at) =>
      open && (at === last || (this.#kind === 'line' && at === last - 1)) ? value : null);
    this.data = [xs, closed, current];
    this.#plot?.setData(this.data);
  }

  #words(xs, ys, open, name) {
    const known = ys.slice(0, open ? -1 : undefined).filter((value) => value !== null);
    if (known.length === 0) {
      return `${name}: no complete window yet.`;
    }
    return `${name}, ${known.length} complete windows from ${windowTime(xs[0] * 1000, this.#windowMs)}: ` +
      `lowest ${this.#say(Math.min(...known))}, highest ${this.#say(Math.max(...known))}, last ${this.#say(known.at(-1))}.`;
  }

  #resize({width, height}) {
    if (width < 10 || height < 10) {
      return;
    }
    const size = {width: Math.floor(width), height: Math.floor(height)};
    if (this.#plot) {
      this.#plot.setSize(size);
    } else {
      this.#plot = new uPlot(this.#options(size), this.data ?? [[], [], []], this.#node);
    }
  }

  #options(size) {
    const bars = this.#kind === 'bars';
    const paths = bars ? uPlot.paths.bars({size: [0.72, 18], radius: 0.25}) : uPlot.paths.linear();
    const line = {paths, width: bars ? 0 : 2, points: {show: false}};
    return {
      ...size,
      legend: {show: false},
      padding: [8, 6, 0, 0],
      cursor: {y: false, drag: {x: false, y: false}, points: {show: !bars, size: 6}},
      scales: {
        x: {time: true, range: (plot, min, max) => this.#xRange(min, max)},
        y: {range: (plot, min, max) => [0, max > 0 ? max * 1.08 : 1]},
      },
      axes: [
        {
          size: 18, gap: 4, space: 52, font: FONT, stroke: () => colour('--muted'), grid: {show: false},
          ticks: {show: false},
          // A label that would be cut at the edge says less than none.
          filter: (plot, splits) => splits.map((at) => (fits(plot, at) ? at : null)),
          values: (plot, splits) => splits.map((at) => (at === null ? '' : windowTime(at * 1000, this.#windowMs))),
        },
        {
          size: 46, gap: 4, space: 26, font: FONT, stroke: () => colour('--muted'),
          grid: {stroke: () => colour('--line'), width: 1}, ticks: {show: false},
          values: (plot, splits) => splits.map((value) => (value === null ? '' : this.#tick(value))),
        },
      ],
      series: [
        {},
        {...line, stroke: () => colour('--chart'), fill: () => colour(bars ? '--chart' : '--chart-faint')},
        {
          ...line, dash: bars ? undefined : [3, 3], stroke: () => colour('--chart'),
          fill: bars ? () => colour('--chart-open') : undefined,
          points: {show: !bars, size: 5, filter: (plot, at, shown) => (shown ? [plot.data[0].length - 1] : null),
            fill: () => colour('--surface'), stroke: () => colour('--chart')},
        },
      ],
      hooks: {setCursor: [(plot) => this.#point(plot)]},
    };
  }

  #xRange(min, max) {
    const window = this.#windowMs / 1000;
    if (min === null || max === null) {
      return [0, 1];
    }
    const half = this.#kind === 'bars' ? window * 0.6 : 0;
    return [Math.min(min, max - (FEWEST - 1) * window) - half, max + (half || window * 0.6)];
  }

  #point(plot) {
    const at = plot.cursor.idx;
    const value = at === null || at === undefined ? null : plot.data[1][at] ?? plot.data[2][at];
    const open = value !== null && plot.data[1][at] === null;
    text(this.#readout, value === null || value === undefined
      ? ''
      : `${windowTime(plot.data[0][at] * 1000, this.#windowMs)}  ${this.#say(value)}${open ? ' so far' : ''}`);
  }
}
