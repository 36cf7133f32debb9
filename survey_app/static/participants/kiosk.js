/* A tablet at the door: after each person, and when somebody has gone away, it is ready for the next one. */

import { device, isOurs, make, onPage, pristine, showBody, showPage, words } from './page.js';
import { closeDialogs, showDialog } from './lent.js';
import { isFilled } from './progress.js';

const IDLE = 90;
const WARNING = 30;
const THANKS = 15;
const RECHECK = 60;
const CLOSED = [403, 404, 410];
const TOUCHES = ['pointerdown', 'keydown', 'input', 'wheel', 'touchmove'];
const ADDRESS = `${location.pathname.replace(/\/thanks$/, '')}?device=kiosk`;

const { lang, dir } = document.documentElement;
const { title } = document;
/** Seconds since somebody touched the device. */
let quiet = 0;

if (pristine) {
  onPage(() => {
    quiet = 0;
    if (document.querySelector('.done')) document.querySelector('main').append(make('p', 'hint', words('returns')));
  });
  for (const touch of TOUCHES) addEventListener(touch, () => { quiet = 0; }, { passive: true, capture: true });
  // Only when a finger or key has gone up again: what it pressed must not become what lies below the warning.
  for (const end of ['click', 'keyup']) addEventListener(end, stay);
  document.addEventListener('click', (event) => {
    if (!event.target.closest('a.next')) return;
    event.preventDefault();
    beginAnew();
  });
  setInterval(watch, 1000);
}

function stay() {
  if (document.querySelector('dialog output')) closeDialogs();
}

function watch() {
  const isDone = document.querySelector('.done, .waiting');
  quiet += 1;
  if (!isDone && !isTouched()) {
    if (!findForm() && quiet % RECHECK === 0) learnState();
    return;
  }
  if (quiet >= (isDone ? THANKS : IDLE + WARNING)) beginAnew();
  else if (!isDone && quiet >= IDLE) warn(IDLE + WARNING - quiet);
  else if (quiet > 1) stay();
}

/** Tell whether the next person would see what this one did. */
function isTouched() {
  const isElsewhere = document.querySelector('dialog, dl, [role=alert]') || document.documentElement.lang !== lang;
  const isScrolled = scrollY > innerHeight / 2;
  return isElsewhere || isScrolled || [...document.querySelectorAll('form :is(input, textarea)')].some(isFilled);
}

function warn(seconds) {
  const counter = document.querySelector('dialog output') ?? showWarning();
  counter.textContent = seconds;
}

function showWarning() {
  const counter = make('output', '');
  // Nobody wants to hear every second.
  counter.setAttribute('aria-hidden', 'true');
  showDialog(words('stay'), make('h2', '', words('idle')), make('p', '', words('vanish')), counter);
  return counter;
}

/** Show the first page again, as it came and with a key of its own; it needs no connection for that. */
function beginAnew() {
  closeDialogs();
  Object.assign(document.documentElement, { lang, dir });
  document.title = title;
  showBody(pristine.cloneNode(true));
  history.replaceState(null, '', ADDRESS);
  findForm()?.reset();
  if (findForm()) findForm().elements.submission_key.value = makeKey();
  learnState();
}

function findForm() {
  return document.querySelector('form[data-send]');
}

function makeKey() {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...random)).replace(/\+/g, '-').replace(/\//g, '_').slice(0, 22);
}

/** Show what the survey has become, if it has been closed or opened and nobody has begun to use the page meanwhile. */
async function learnState() {
  const { body } = document;
  try {
    const answer = await fetch(ADDRESS, { cache: 'no-store' });
    const page = await answer.text();
    // The answer may come late: by then somebody reads the thanks, or has entered what may still be sent.
    if (document.body !== body || isTouched()) return;
    if (isOurs(answer) && (findForm() ? CLOSED.includes(answer.status) : answer.ok)) showPage(page);
  } catch { /* no connection: the answers will wait */ }
}
