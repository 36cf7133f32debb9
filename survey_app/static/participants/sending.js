/* Answers on their way: each copy is sent until the survey has said what became of it. */

import { isOurs } from './page.js';
import { forget, isExpired, listCopies } from './keeping.js';

const PATIENCE = 15000;
const SOON = 500;
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 60000;
const KEEPALIVE_BYTES = 60000;
const NOT_NOW = [408, 425, 429];

const busy = new Set();
let report;
let failures = 0;
let timer;

/** Say who is to hear what becomes of a copy: "stored" or "refused" with the page that says so, "later", "expired". */
export function onOutcome(listener) {
  report = listener;
}

/** Send every copy that is not on its way already. */
export async function sendAll() {
  clearTimeout(timer);
  const pauses = await Promise.all([...listCopies()].map(([key, copy]) => send(key, copy)));
  const waiting = pauses.filter((pause) => pause !== null);
  if (waiting.length) {
    failures += 1;
    again(Math.max(...waiting, Math.min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE)));
  }
}

/** Send again after a pause, but not in step with the rest of the room. */
function again(pause) {
  clearTimeout(timer);
  timer = setTimeout(sendAll, pause * (0.5 + Math.random()));
}

/** Send one copy and return the least pause before it should be tried again, null if there is nothing left to try. */
async function send(key, copy) {
  if (busy.has(key)) return null;
  if (isExpired(copy)) return end(key, 'expired');
  busy.add(key);
  try {
    return await judge(key, await post(copy));
  } catch {
    // No connection, no answer in time, or one that broke off: it may be stored, and asking again is safe.
    report(key, 'later');
    return 0;
  } finally {
    busy.delete(key);
  }
}

function post({ to, body }) {
  const patience = new AbortController();
  setTimeout(() => patience.abort(), PATIENCE);
  return fetch(to, {
    method: 'POST',
    body: new URLSearchParams(body),
    signal: patience.signal,
    keepalive: body.length < KEEPALIVE_BYTES,
  });
}

async function judge(key, answer) {
  const page = await answer.text();
  const { pathname, search } = new URL(answer.url);
  if (isOurs(answer) && answer.ok && pathname.endsWith('/thanks')) return end(key, 'stored', page, pathname + search);
  const isFinal = answer.status >= 400 && answer.status < 500 && !NOT_NOW.includes(answer.status);
  if (isOurs(answer) && isFinal) return end(key, 'refused', page);
  report(key, 'later');
  return 1000 * answer.headers.get('Retry-After') || 0;
}

function end(key, ...outcome) {
  forget(key);
  failures = 0;
  report(key, ...outcome);
  return null;
}

/** Try soon and with new courage: something has changed. */
function encourage() {
  failures = 0;
  again(SOON);
}

addEventListener('online', encourage);
addEventListener('pageshow', encourage);
document.addEventListener('visibilitychange', () => document.hidden || encourage());
