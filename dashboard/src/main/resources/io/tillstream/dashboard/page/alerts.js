// Alerts as they open and close: open ones on top, closed ones greyed with the reason. What opens
// or closes while the reader is here is also told to a screen reader.

import {announce} from './announce.js';
import {el, keyed, set, show, text} from './dom.js';
import {count, metric, moment, span, words} from './format.js';
import {isOpen} from './state.js';

const MOST = 100;
const SEVERITIES = {critical: ['▲', 'Critical'], warning: ['◆', 'Warning'], info: ['●', 'Info']};
const VIEWS = new Set(['product', 'category', 'segment']);

function create() {
  const parts = {
    sign: el('span', {class: 'sign', 'aria-hidden': 'true'}), severity: el('span', {class: 'severity'}), rule: el('strong'),
    shadow: el('span', {class: 'badge'}, 'shadow'), key: el('a'), value: el('span'), when: el('span', {class: 'muted'}),
  };
  const node = el('li', {class: 'alert'}, parts.sign,
      el('div', {}, el('p', {class: 'alert-line'}, parts.rule, parts.severity, parts.shadow),
          el('p', {class: 'alert-what'}, parts.key, parts.value), el('p', {class: 'alert-when'}, parts.when)));
  node.parts = parts;
  return node;
}

export function paintAlert(node, alert) {
  const {sign, severity, rule, shadow, key, value, when} = node.parts;
  const open = isOpen(alert);
  const [mark, word] = SEVERITIES[alert.severity] ?? ['●', alert.severity];
  set(node, 'data-alert-id', alert.alert_id);
  set(node, 'data-status', alert.status);
  set(node, 'data-rule', alert.rule_id);
  set(node, 'data-key', alert.key);
  set(node, 'data-severity', alert.severity);
  text(sign, open ? mark : '✓');
  text(severity, open ? word : 'Closed');
  text(rule, alert.rule_id);
  set(rule, 'title', alert.rule_id);
  show(shadow, Boolean(alert.shadow));
  text(key, alert.key === 'all' && alert.dimension === 'shop' ? 'the whole shop' : alert.key);
  set(key, 'href', VIEWS.has(alert.dimension) ? `#/${alert.dimension}/${encodeURIComponent(alert.key)}` : '#/hour');
  text(value, ` ${what(alert)}`);
  set(value, 'data-value', alert.value);
  const raised = Date.parse(alert.raised_at);
  text(when, open
    ? `since ${moment(raised)} (${span(Date.now() - raised)})`
    : `${moment(raised)}, closed${alert.resolved_at ? ` after ${span(Date.parse(alert.resolved_at) - raised)}` : ''}`);
}

/** The rule's own words; a value may be a share of the usual, which only they know. */
function what(alert) {
  return alert.reason || `${words(alert.metric).toLowerCase()} ${metric(alert.metric, alert.value)}`;
}

export function alertList(list, alerts) {
  keyed(list, alerts, (alert) => alert.alert_id, create, paintAlert);
}

export function alerts(state, {list, summary, empty}) {
  let told = null;
  return () => {
    const all = state.sortedAlerts();
    const open = all.filter((alert) => isOpen(alert) && !alert.shadow).length;
    alertList(list, all.slice(0, MOST));
    show(empty, all.length === 0);
    text(summary, all.length === 0 ? '' : open === 0 ? 'none open' : `${count(open)} open`);
    set(summary, 'data-open', open);
    if (state.known) {
      told = tell(told, all);
    }
  };
}

/** What was there when the page opened is no news. */
function tell(before, all) {
  const now = new Map(all.filter((alert) => !alert.shadow).map((alert) => [alert.alert_id, isOpen(alert)]));
  if (before && before.size + 20 > now.size) {
    for (const alert of all) {
      const open = now.get(alert.alert_id);
      if (open === true && !before.get(alert.alert_id)) {
        announce(`Alert opened: ${alert.rule_id}, ${alert.key}, ${what(alert)}.`);
      } else if (open === false && before.get(alert.alert_id)) {
        announce(`Alert closed: ${alert.rule_id}, ${alert.key}.`);
      }
    }
  }
  return now;
}
