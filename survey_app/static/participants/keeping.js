/* Copies of answers that were sent and not acknowledged: in this page, and on a device of one's own also beyond it. */

import { device } from './page.js';

const PREFIX = 'resonanz.';
const LIFETIME = 24 * 60 * 60 * 1000;
const held = new Map();

/** Keep a copy until it is forgotten; tell whether it outlives this page. */
export function keep(key, copy) {
  held.set(key, copy);
  try {
    if (device === 'own') localStorage.setItem(PREFIX + key, JSON.stringify(copy));
    return device === 'own';
  } catch {
    // Cookies are blocked or the store is full: the page keeps it as long as it is open.
    return false;
  }
}

/** Delete a copy everywhere. */
export function forget(key) {
  held.delete(key);
  try {
    localStorage.removeItem(PREFIX + key);
  } catch { /* nothing is stored where nothing can be */ }
}

/** Return every copy by its key, whichever page left it. */
export function listCopies() {
  const copies = new Map(held);
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(PREFIX)) copies.set(name.slice(PREFIX.length), readCopy(name));
    }
  } catch { /* only this page's own */ }
  return copies;
}

function readCopy(name) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? {};
  } catch {
    return {};
  }
}

/** Tell whether a copy has to go: older than a day, or nothing that could be sent. */
export function isExpired({ at, to, body }) {
  return !(Math.abs(Date.now() - at) < LIFETIME && /^\/q\//.test(to) && body);
}
