// How live the page is, in words: the pill and the banner, latency, rate, the time zone.

import {announce} from './announce.js';
import {set, show, text} from './dom.js';
import {count, millis, NONE, perSecond, seconds, span, zone} from './format.js';

/** Older than that, the newest record is worth a warning. */
const OLD_MS = 15000;

const $ = (id) => document.getElementById(id);

/** Where we stand: a word for the pill, a sentence if something is wrong. */
export function standing(phase, state, now) {
  const asOf = state.heardAt ? `Numbers as of ${seconds(state.heardAt)}.` : '';
  if (phase.kind === 'waiting') {
    const inSeconds = Math.max(1, Math.ceil((phase.retryAt - now) / 1000));
    return state.known
      ? {kind: 'waiting', word: 'Connection lost', sentence: `Connection lost, trying again in ${inSeconds} s. ${asOf}`}
      : {kind: 'waiting', word: 'No connection', sentence: `No connection yet, trying again in ${inSeconds} s.`};
  }
  if (phase.kind === 'connecting') {
    return phase.lostAt
      ? {kind: 'connecting', word: 'Reconnecting', sentence: `Reconnecting since ${seconds(phase.lostAt)}. ${asOf}`}
      : {kind: 'connecting', word: 'Connecting', sentence: ''};
  }
  if (state.health?.connected === false) {
    return {kind: 'behind', word: 'No Kafka', sentence: `The server has lost Kafka and tries again. ${asOf}`};
  }
  if (state.health?.caught_up === false) {
    return {kind: 'behind', word: 'Catching up', sentence: 'The server is still reading what happened before: numbers are not the newest yet.'};
  }
  if (state.shop.length === 0) {
    return {kind: 'empty', word: 'Nothing yet', sentence: 'Connected. Nothing has come yet: numbers appear with the first events.'};
  }
  if (state.health?.behind) {
    const lag = state.health.lag_records;
    return {kind: 'behind', word: 'Behind', sentence: `Behind by ${lag ? `${count(lag)} records` : 'some records'}: what you see is not the newest yet.`};
  }
  const age = state.dataAge(now);
  if (age !== null && age > OLD_MS) {
    return {kind: 'old', word: 'Data is old', sentence: `Data is old: newest record ${span(age)} ago.`};
  }
  return {kind: 'live', word: 'Live', sentence: ''};
}

export function statusBar(connection, state, latency) {
  let last = 'connecting';
  text($('zone'), `Times in ${zone()}.`);
  return () => {
    const now = Date.now();
    const is = standing(connection.phase, state, now);
    set($('pill'), 'data-connection', is.kind);
    text($('pill-text'), is.word);
    show($('banner'), is.sentence !== '');
    text($('banner'), is.sentence);
    set($('banner'), 'data-kind', is.kind);
    set(document.body, 'data-lost', is.kind === 'waiting' || (is.kind === 'connecting' && state.known));
    if (is.kind !== last) {
      // Not each second of the countdown, but each change of how it stands.
      if (is.kind !== 'connecting') {
        announce(is.kind === 'live' ? 'The numbers are live.' : is.sentence);
      }
      last = is.kind;
    }
    const [p50, p99] = latency.quantiles([0.5, 0.99], now);
    for (const [id, value] of [['p50', p50], ['p99', p99]]) {
      text($(id), millis(value));
      set($(id), 'data-value', value);
    }
    const rate = state.rates?.in;
    text($('rate'), rate === null || rate === undefined ? NONE : perSecond(rate));
    set($('rate'), 'data-value', rate);
  };
}
