/* What a page tells without moving anything: news at its lower edge, and words for screen readers only. */

import { make, makeButton, onPage, words } from './page.js';

let news;
let spoken;
let pause;

onPage(() => {
  // Both stand in the page before anything is said in them: only then is it announced.
  news = make('div', 'news');
  spoken = make('p', 'skip');
  for (const region of [news, spoken]) region.setAttribute('role', 'status');
  document.body.append(news, spoken);
});

/** Show a sentence at the lower edge until it is put away, with further buttons if there are any. */
export function tell(sentence, ...buttons) {
  const close = makeButton('close', '✕', hush);
  close.setAttribute('aria-label', words('close'));
  news.replaceChildren(make('p', '', sentence), ...buttons, close);
}

/** Put the news away. */
export function hush() {
  news.replaceChildren();
}

/** Say something to those who listen, once nothing else has been said for a while. */
export function speak(sentence, delay = 0) {
  clearTimeout(pause);
  pause = setTimeout(() => { spoken.textContent = sentence; }, delay);
}
