// Whether everything is accounted for: the ledger, what waits, what is owed, checkpoints, restarts.

import {el, set, show, text} from './dom.js';
import {bytes, count, millis, NONE, span} from './format.js';

function fact(name, title) {
  const value = el('span', {class: 'fact', 'data-fact': name});
  const more = el('span', {class: 'muted'});
  const node = el('div', {}, el('dt', {}, title), el('dd', {}, value, more));
  return {
    node,
    say(word, raw, explained = '', status = null) {
      text(value, word);
      set(value, 'data-value', raw);
      text(more, explained);
      set(node, 'data-status', status);
    },
  };
}

export function facts(state, root, latency) {
  const all = {
    ledger: fact('ledger', 'Ledger'), lag: fact('lag', 'Waiting'), degraded: fact('degraded_open', 'Degraded'),
    checkpoints: fact('checkpoints', 'Checkpoint'), job: fact('restarts', 'Job'),
  };
  root.append(...Object.values(all).map((one) => one.node));
  return () => {
    ledger(all.ledger, state.ledger);
    const lag = state.lag?.records;
    all.lag.say(lag === undefined || lag === null ? NONE : count(lag), lag, ' records', lag > 0 ? null : 'good');
    const open = state.ledger?.degraded_open;
    all.degraded.say(open === undefined ? NONE : count(open), open, open > 0 ? ' lines to repair' : ' lines', open > 0 ? 'warn' : 'good');
    checkpoints(all.checkpoints, state.checkpoints, latency.now());
    show(all.checkpoints.node, Boolean(state.checkpoints));
    job(all.job, state.job);
    show(all.job.node, Boolean(state.job));
  };
}

/** In = aggregated + duplicate + late + dead-lettered, or what is missing. */
function ledger(shown, book) {
  if (!book) {
    shown.say(NONE, null);
    return;
  }
  const known = book.aggregated + book.duplicate + book.late + book.dead_lettered;
  const off = book.in - known;
  const sum = `${count(book.in)} in = ${count(book.aggregated)} aggregated + ${count(book.duplicate)} duplicate + ` +
    `${count(book.late)} late + ${count(book.dead_lettered)} dead-lettered`;
  // Parts report at different moments, so the sum may also be ahead for a second.
  const word = book.balanced ? '✓ balanced' : off > 0 ? `${count(off)} on the way` : '… settling';
  shown.say(word, String(book.balanced), sum, book.balanced ? 'good' : null);
  set(shown.node, 'data-in', book.in);
  set(shown.node, 'class', 'wide');
}

function checkpoints(shown, points, now) {
  if (!points) {
    return;
  }
  const failed = points.failed > 0 ? `, ${count(points.failed)} failed` : '';
  if (!points.last_completed_at) {
    shown.say('none yet', points.completed, failed);
    return;
  }
  const age = now - Date.parse(points.last_completed_at);
  set(shown.node, 'title', `${bytes(points.last_bytes)} uploaded, ${bytes(points.full_bytes)} in all`);
  shown.say(`${span(age)} ago`, points.completed,
    `, took ${millis(points.last_duration_ms)}; ${count(points.completed)} done${failed}`, age > 120000 ? 'warn' : 'good');
}

function job(shown, its) {
  if (!its) {
    return;
  }
  const restarts = its.restarts;
  shown.say(String(its.state ?? 'unknown').toLowerCase(), restarts,
    restarts === null || restarts === undefined ? '' : ` ${count(restarts)} ${restarts === 1 ? 'restart' : 'restarts'}`, its.state === 'RUNNING' ? 'good' : 'warn');
}
