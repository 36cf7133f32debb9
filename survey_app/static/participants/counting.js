/* How many characters are left in a field for one's own words. */

import { onPage, words } from './page.js';
import { speak } from './telling.js';

const QUIET = 1000;
const UNSTORABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\p{NChar}\p{Cs}]/gu;
const EDGES = /^(?:\x85|[^\S\ufeff])+|(?:\x85|[^\S\ufeff])+$/g;

/** Return the number of characters as the server counts them: code points of what it would store. */
export function countCharacters(text) {
  return [...text.replace(UNSTORABLE, '').normalize('NFC').replace(EDGES, '')].length;
}

/** Return the first visible field with more in it than may be stored, if there is one. */
export function findOverlong() {
  return [...document.querySelectorAll('textarea[data-limit]')].find((field) => field.offsetParent && left(field) < 0);
}

function left(field) {
  return field.dataset.limit - countCharacters(field.value);
}

function showLeft(field) {
  const rest = left(field);
  const line = document.getElementById(`${field.id}-limit`);
  const sentence = rest < 0 ? words('over', { count: -rest }) : words('left', { count: rest });
  line.textContent = sentence;
  line.classList.toggle('message', rest < 0);
  field.setAttribute('aria-invalid', rest < 0);
  return sentence;
}

onPage(() => {
  for (const field of document.querySelectorAll('textarea[maxlength]')) {
    // A browser counts otherwise (an emoji twice) and cuts off what is pasted without a word.
    field.dataset.limit = field.maxLength;
    field.removeAttribute('maxlength');
    if (field.value) showLeft(field);
  }
});

document.addEventListener('input', ({ target }) => {
  if (target.dataset.limit) speak(showLeft(target), QUIET);
});
