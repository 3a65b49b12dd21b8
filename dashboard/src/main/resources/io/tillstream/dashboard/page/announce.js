// What a screen reader is told unasked: changes of the connection and of alerts, politely, a
// sentence at a time, and at most one in two seconds however much happens.

import {text} from './dom.js';

const PAUSE_MS = 2000;
const MOST = 3;
let node = null;
let timer = 0;
let waiting = [];

export function announce(sentence) {
  waiting.push(sentence);
  if (!timer) {
    timer = setTimeout(speak, 100);
  }
}

function speak() {
  node ??= document.getElementById('live');
  const more = waiting.length - MOST;
  text(node, waiting.slice(0, MOST).join(' ') + (more > 0 ? ` And ${more} more.` : ''));
  waiting = [];
  timer = setTimeout(() => {
    timer = 0;
    if (waiting.length > 0) {
      speak();
    }
  }, PAUSE_MS);
}
