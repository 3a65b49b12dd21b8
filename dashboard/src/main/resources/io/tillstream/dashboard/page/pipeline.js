// The pipeline as a living picture. Made once and then only changed: attributes say what is so
// (data-state, data-flow, …), the style sheet gives them colour and thickness, and every colour
// has a word or a sign beside it.

import {el, keyed, set, show, svg, text} from './dom.js';
import {moment, number, percent, perSecond, span} from './format.js';
import {ARROWS, BOXES, TALL, WIDE} from './pipeline-layout.js';

const NARROW_PX = 600;
const STATES = {
  running: ['●', 'running'], completed: ['✓', 'completed'], failed: ['✕', 'failed'], stale: ['◌', 'silent'],
  unknown: ['○', 'not heard of'],
};
const TITLES = Object.fromEntries(BOXES.map((box) => [box.name, box.title]));

/** Who a route's two sides are, in the contract's names. */
const SIDES = {
  enrichment: {primary: 'enrichment', fallback: 'bypass'},
  aggregation: {primary: 'aggregation', fallback: 'backup-aggregation'},
};

/** How events go on one side of a route: `active`, `probing` or `idle`. */
function flow(route, side) {
  if (!route) {
    return side === 'primary' ? 'active' : 'idle';
  }
  if (route.active === side) {
    return 'active';
  }
  return side === 'primary' && route.probe_share > 0 ? 'probing' : 'idle';
}

class Picture {
  #layout = null;

  constructor(onAgent) {
    this.boxes = new Map();
    this.arrows = new Map();
    this.commands = new Map();
    this.dots = new Map();
    const lines = svg('g', {class: 'lines'});
    for (const route of Object.keys(SIDES)) {
      this.commands.set(route, svg('path', {class: 'command'}));
      lines.append(this.commands.get(route));
    }
    const labels = svg('g', {class: 'rates'});
    for (const arrow of ARROWS) {
      const path = svg('path', {class: 'arrow', 'data-edge': arrow.name, 'marker-end': arrow.tip || arrow.name === 'in' ? 'url(#tip)' : null});
      const pulse = svg('path', {class: 'pulse-line'});
      const label = arrow.rate ? svg('text', {class: 'rate', 'text-anchor': 'middle', 'data-rate-of': arrow.rate}) : null;
      this.arrows.set(arrow.name, {arrow, path, pulse, label});
      lines.append(path, pulse);
      if (label) {
        labels.append(label);
      }
    }
    for (const route of Object.keys(SIDES)) {
      this.dots.set(route, svg('circle', {class: 'switch', r: 5}));
      lines.append(this.dots.get(route));
    }
    this.source = svg('text', {class: 'source'}, 'shop-events');
    const boxes = svg('g', {});
    for (const box of BOXES) {
      const made = this.#box(box, onAgent);
      this.boxes.set(box.name, made);
      boxes.append(made.node);
    }
    this.node = svg('svg', {role: 'group', 'aria-label': 'The pipeline: agents and the routes between them', focusable: 'false'},
        svg('defs', {}, svg('marker', {id: 'tip', viewBox: '0 0 10 10', refX: 8, refY: 5, markerWidth: 11, markerHeight: 11, markerUnits: 'userSpaceOnUse', orient: 'auto'},
            svg('path', {d: 'M1 1L9 5L1 9Z', fill: 'context-stroke'}))),
        lines, this.source, boxes, labels);
  }

  #box(box, onAgent) {
    const node = svg('g', {class: 'box', role: 'button', tabindex: 0, 'data-agent': box.name, 'aria-haspopup': 'dialog'});
    const frame = svg('rect', {class: 'frame', rx: 9});
    const stripe = svg('rect', {class: 'stripe', rx: 2, x: 9, width: 4});
    const title = svg('text', {class: 'title', x: 22, y: 20}, box.title);
    const sign = svg('tspan', {'aria-hidden': 'true'});
    const words = svg('tspan', {});
    const state = svg('text', {class: 'state', x: 22, y: 37}, sign, words);
    node.append(svg('desc', {}, `It ${box.does}.`), frame, stripe, title, state);
    node.addEventListener('click', () => onAgent(box.name));
    node.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        onAgent(box.name);
      }
    });
    return {box, node, frame, stripe, sign, words};
  }

  place(layout) {
    if (this.#layout === layout) {
      return;
    }
    this.#layout = layout;
    set(this.node, 'viewBox', `0 0 ${layout.width} ${layout.height}`);
    set(this.node, 'data-layout', layout.name);
    const [width, height] = layout.box;
    for (const [name, {node, frame, stripe}] of this.boxes) {
      set(node, 'transform', `translate(${layout.boxes[name].join(' ')})`);
      set(frame, 'width', width);
      set(frame, 'height', height);
      set(stripe, 'y', 10);
      set(stripe, 'height', height - 20);
    }
    for (const [name, {path, pulse, label}] of this.arrows) {
      set(path, 'd', layout.arrows[name].d);
      set(pulse, 'd', layout.arrows[name].d);
      if (label) {
        set(label, 'x', layout.arrows[name].at[0]);
        set(label, 'y', layout.arrows[name].at[1]);
      }
    }
    for (const [route, path] of this.commands) {
      set(path, 'd', layout.commands[route]);
    }
    for (const [route, dot] of this.dots) {
      set(dot, 'cx', layout.dots[route][0]);
      set(dot, 'cy', layout.dots[route][1]);
    }
    set(this.source, 'x', layout.source.at[0]);
    set(this.source, 'y', layout.source.at[1]);
    set(this.source, 'text-anchor', layout.source.anchor);
  }

  paint(agents, routes, rates) {
    const agentOf = new Map((agents ?? []).map((agent) => [agent.agent, agent]));
    const routeOf = new Map((routes ?? []).map((route) => [route.route, route]));
    for (const [name, made] of this.boxes) {
      this.#paintBox(made, agentOf.get(name), routeOf);
    }
    const all = rates ?? {};
    const known = {...all, aggregated: all.enriched === undefined ? undefined
      : Math.max(0, (all.enriched ?? 0) + (all.bypassed ?? 0) - (all.backup ?? 0))};
    for (const {arrow, path, pulse, label} of this.arrows.values()) {
      const route = routeOf.get(arrow.route);
      set(path, 'data-flow', arrow.route ? flow(route, arrow.side) : 'active');
      set(path, 'data-side', arrow.side);
      set(pulse, 'data-flow', path.dataset.flow);
      // Nothing runs along an arrow when nothing comes.
      set(pulse, 'data-still', !(all.in > 0));
      if (label) {
        const rate = known[arrow.rate];
        const idle = arrow.side && flow(route, arrow.side) === 'idle' && !(rate > 0);
        text(label, rate === undefined || rate === null || idle ? '' : perSecond(rate));
        set(label, 'data-flow', arrow.route ? flow(route, arrow.side) : 'active');
        set(label, 'data-side', arrow.side);
        set(label, 'data-value', rate);
      }
    }
    for (const [name, dot] of this.dots) {
      set(dot, 'data-active', routeOf.get(name)?.active ?? 'primary');
    }
  }

  #paintBox({box, node, ...its}, agent, routeOf) {
    const route = routeOf.get(box.route);
    const goes = box.route ? flow(route, box.side) : null;
    const derived = box.name === 'bypass' && !agent;
    const kind = agent?.state ?? (derived ? 'running' : 'unknown');
    const [sign, word] = STATES[kind] ?? ['?', kind];
    const part = goes === 'probing' ? `probing ${percent(route.probe_share, 1)}`
      : goes === 'active' && box.side === 'fallback' ? 'in use'
        : goes === 'idle' ? 'standing by' : null;
    const usual = kind === 'running' || kind === 'completed';
    const words = usual && part ? part : !usual || !part ? word : `${word}, ${part}`;
    text(its.sign, `${sign} `);
    text(its.words, words);
    set(node, 'data-state', kind);
    set(node, 'data-flow', goes);
    set(node, 'data-side', box.side);
  }
}

const MODES = {auto: 'automatic', primary: 'pinned', fallback: 'pinned', observe: 'only observed'};

function routeLine() {
  const parts = {
    sign: el('span', {class: 'route-sign', 'aria-hidden': 'true'}), name: el('strong'), way: el('span', {class: 'way'}),
    badge: el('span', {class: 'badge'}), more: el('span', {class: 'muted'}), reason: el('span', {class: 'reason'}),
  };
  const node = el('li', {}, parts.sign, parts.name, parts.way, parts.badge, parts.more, parts.reason);
  node.parts = parts;
  return node;
}

function paintRoute(node, route) {
  const {sign, name, way, badge, more, reason} = node.parts;
  const fallback = route.active === 'fallback';
  const side = SIDES[route.route]?.[route.active] ?? route.active;
  for (const key of ['route', 'active', 'mode', 'epoch']) {
    set(node, `data-${key}`, route[key]);
  }
  set(node, 'data-probing', route.probe_share > 0);
  text(sign, fallback ? '⤵' : '→');
  text(name, `${route.route === 'enrichment' ? 'Enrichment' : 'Aggregation'}`);
  text(way, `by ${(TITLES[side] ?? side).toLowerCase()} (${route.active})`);
  show(badge, route.probe_share > 0 || Boolean(route.would && route.would !== route.active));
  text(badge, route.probe_share > 0 ? `probing ${percent(route.probe_share, 1)}` : `would go to ${SIDES[route.route]?.[route.would] ?? route.would}`);
  text(more, `${MODES[route.mode] ?? route.mode}${route.since ? ` since ${moment(route.since)}` : ''}`);
  text(reason, route.reason ?? '');
}

export function pipeline(state, {picture, routes}, onAgent) {
  const drawn = new Picture(onAgent);
  drawn.place(WIDE);
  picture.append(drawn.node);
  new ResizeObserver((entries) => drawn.place(entries[0].contentRect.width < NARROW_PX ? TALL : WIDE)).observe(picture);
  return () => {
    drawn.paint(state.agents, state.routes, state.rates);
    keyed(routes, state.routes ?? [], (route) => route.route, routeLine, paintRoute);
  };
}

/** A dialog with all that an agent tells about itself, and its numbers as they change. */
export function agentDialog(state, dialog) {
  let shown = null;
  const heading = el('h2', {id: 'agent-h'});
  const about = el('p', {class: 'muted'});
  const note = el('p', {class: 'note'});
  const list = el('dl', {class: 'indicators'});
  const close = el('button', {type: 'button', class: 'quiet', 'aria-label': 'Close'}, '✕');
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => { shown = null; });
  dialog.append(el('div', {class: 'dialog'}, el('div', {class: 'head'}, heading, close), about, note, list));
  const paint = () => {
    if (!shown) {
      return;
    }
    const box = BOXES.find((one) => one.name === shown);
    const agent = (state.agents ?? []).find((one) => one.agent === shown);
    text(heading, box.title);
    set(dialog, 'data-agent-shown', shown);
    const word = agent ? STATES[agent.state]?.[1] ?? agent.state : null;
    text(about, agent
      ? `It ${box.does}. State: ${word}${agent.since ? ` for ${span(Date.now() - Date.parse(agent.since))}` : ''}, errors ${percent(agent.error_rate ?? 0, 1)}.`
      : shown === 'bypass' ? 'It gives default values instead of looking up. It has no state of its own to report.' : 'Nothing was heard of it yet.');
    text(note, agent?.note ?? '');
    show(note, Boolean(agent?.note));
    const indicators = Object.entries(agent?.indicators ?? {}).filter(([name]) => !name.startsWith('position_')).sort();
    keyed(list, indicators, ([name]) => name, ([name]) => {
      const value = el('dd', {'data-indicator': name});
      const row = el('div', {}, el('dt', {}, name.replaceAll('_', ' ')), value);
      row.value = value;
      return row;
    }, (row, [, value]) => {
      text(row.value, typeof value === 'number' ? number(value) : String(value));
      set(row.value, 'data-value', value);
    });
  };
  return {
    paint,
    open(name) {
      shown = name;
      paint();
      dialog.showModal();
    },
  };
}
