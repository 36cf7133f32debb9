/* Questions that are not for everybody: shown as soon as the answers before them say so, hidden as soon as they do not.
 *
 * The rules are those of `domain/showing.py`: all conditions must be known to hold, and what is hidden or left open is
 * unknown. What somebody entered in a hidden question stays there, but is not sent. */

import { onPage, words } from './page.js';
import { speak } from './telling.js';

const NO_ANSWER = 'no_answer';
const SETTLED = 500;
const NUMBER = /^[+-]?(\d{1,15}(\.\d{0,10})?|\.\d{1,10})$/;
const COMPARISONS = {
  '=': (given, wanted) => given === wanted,
  '!=': (given, wanted) => given !== wanted,
  in: (given, wanted) => wanted.includes(given),
  '>=': (given, wanted) => given >= wanted,
  '<=': (given, wanted) => given <= wanted,
};

let conditional = [];

/** Show on this page what applies, and only that. */
export function startConditions() {
  conditional = [...document.querySelectorAll('form [data-show-if]')];
  // Where questions come and go by themselves nobody has to read when they do.
  for (const note of document.querySelectorAll('.when')) note.remove();
  if (conditional.length) showWhatApplies();
}

/** Show what applies in the order of the questions, since one may hang on another; return how many there are. */
function showWhatApplies() {
  for (const box of conditional) {
    box.hidden = !JSON.parse(box.dataset.showIf).every((condition) => isMet(...condition));
    enable(box, !box.hidden);
  }
  return numberQuestions();
}

function enable(box, isEnabled) {
  const fields = box.matches('fieldset') ? [box] : box.querySelectorAll('input, textarea');
  for (const field of fields) field.disabled = !isEnabled;
}

/** Show what applies after a change, and tell those who listen that something has come or gone. */
function followAnswers() {
  if (!conditional.length) return;
  const before = String(conditional.map((box) => box.hidden));
  const count = showWhatApplies();
  if (before !== String(conditional.map((box) => box.hidden))) speak(words('changed', { count }), SETTLED);
}

function isMet(code, operator, wanted) {
  const answers = listAnswers(code);
  if (operator === 'present') return answers.length > 0 === wanted;
  const isNumber = typeof [wanted].flat()[0] === 'number';
  const meets = (answer) => COMPARISONS[operator](isNumber ? Number(answer) : answer, wanted);
  return answers.length > 0 && (operator === '!=' ? answers.every(meets) : answers.some(meets));
}

/** Return what has been answered to a question, as the server would store it; nothing if it is hidden. */
function listAnswers(code) {
  const fields = [...document.querySelectorAll(`form [name="${code}"]:enabled`)];
  return fields.map(readAnswer).filter((answer) => answer && answer !== NO_ANSWER);
}

function readAnswer(field) {
  if (['radio', 'checkbox'].includes(field.type)) return field.checked && field.value;
  return field.inputMode === 'decimal' ? readNumber(field.value) : field.value;
}

/** Return a number in digits and point, from what may be typed in many ways; "" for anything else. */
function readNumber(typed) {
  const plain = typed
    .replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15)
    .replace(/[,٫]/g, '.')
    .replace('−', '-')
    .replace(/[\s٬]/g, '');
  return NUMBER.test(plain) ? plain : '';
}

/** Number the questions that are shown, wherever their numbers stand, and return how many there are. */
function numberQuestions() {
  const shown = [...document.querySelectorAll('form .question')].filter((question) => !question.hidden);
  const total = shown.length;
  shown.forEach((question, index) => setPlace(question, words('place', { number: index + 1, total })));
  for (const link of document.querySelectorAll('.summary li a')) {
    const question = document.getElementById(link.hash.slice(1))?.closest('.question');
    link.parentElement.hidden = Boolean(question?.hidden);
    if (question && link.firstElementChild) link.firstElementChild.textContent = findPlace(question).data.trim();
  }
  return total;
}

function findPlace(question) {
  return question.querySelector('small').firstChild;
}

function setPlace(question, place) {
  const known = findPlace(question);
  const voice = question.querySelector('.aloud');
  voice?.setAttribute('aria-label', voice.getAttribute('aria-label').replace(known.data.trim(), place));
  known.data = place;
}

onPage(startConditions);
for (const event of ['input', 'change']) document.addEventListener(event, followAnswers);
// After "back" a browser fills in what was entered before without saying so.
addEventListener('pageshow', followAnswers);
document.addEventListener('submit', ({ submitter }) => {
  if (submitter?.name !== 'switch_language') return;
  // The same page in another language keeps what is hidden as well.
  for (const box of conditional) enable(box, true);
  setTimeout(followAnswers);
});
