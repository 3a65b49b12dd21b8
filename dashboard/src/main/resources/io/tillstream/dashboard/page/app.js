// Wires the page: messages go into the state, parts that changed are painted in the next frame.

import {alerts} from './alerts.js';
import {Connection} from './connection.js';
import {facts} from './facts.js';
import {Currency, figures} from './figures.js';
import {Latency} from './latency.js';
import {afterPaint, changed, paints} from './paint.js';
import {agentDialog, pipeline} from './pipeline.js';
import {search} from './search.js';
import {State} from './state.js';
import {statusBar} from './status.js';
import {onTheme, themeButton} from './theme.js';
import {lowStock, trending} from './trending.js';
import {Views} from './views.js';

const $ = (id) => document.getElementById(id);

/** Ages and countdowns move although nothing comes. */
const TICK_MS = 1000;

const state = new State();
const latency = new Latency();
const address = new URL('ws', location.href);
address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
address.search = '';
address.hash = '';

const connection = new Connection(address, (message) => {
  const now = Date.now();
  latency.clock(message.server_now, now);
  if (message.type === 'changes') {
    latency.received(message.shop);
    afterPaint(() => latency.painted());
  }
  changed(state.apply(message, now));
}, (phase) => {
  if (phase.kind !== 'open') {
    latency.forgetPending();
  }
  changed(['connection']);
});

themeButton($('theme'));
search($('search'), $('found'));
const views = new Views(state, {overview: $('overview'), root: $('view'), nav: $('nav')}, connection);
const agent = agentDialog(state, $('agent'));

const onOverview = (paint) => () => views.onOverview && paint();
const part = (parts, paint) => paints([...parts, 'place'], onOverview(paint));
part(['shop'], figures(state, $('figures'), new Currency(), () => changed(['shop'])));
part(['agents', 'routes', 'rates'], pipeline(state, {picture: $('picture'), routes: $('routes')}, (name) => agent.open(name)));
part(['ledger', 'lag', 'checkpoints', 'job', 'clock'], facts(state, $('facts'), latency));
part(['trending'], trending(state, {list: $('trending'), until: $('trending-until'), empty: $('trending-empty')}));
part(['low_stock'], lowStock(state, {list: $('stock'), summary: $('stock-count'), empty: $('stock-empty')}));
// Told to a screen reader on every view.
paints(['alerts', 'clock'], alerts(state, {list: $('alerts'), summary: $('alerts-count'), empty: $('alerts-empty')}));
paints(['connection', 'health', 'rates', 'shop', 'clock'], statusBar(connection, state, latency));
paints(['agents', 'clock'], () => agent.paint());
paints(['view', 'shop', 'categories', 'segments', 'clock'], () => views.paint());

addEventListener('hashchange', () => changed(['place']));
$('skip').addEventListener('click', (event) => {
  // The address says which view is shown, so it cannot also say where to jump.
  event.preventDefault();
  $('main').focus();
});
onTheme(() => changed(['shop', 'view']));
setInterval(() => changed(['clock']), TICK_MS);
views.start();
connection.open();
