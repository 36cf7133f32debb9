/* How far somebody has come: a thin line at the upper edge, and in words above the button that sends. */

import { make, onPage, words } from './page.js';

let line;
let sentence;

onPage(() => {
  const send = document.querySelector('form .send');
  line = sentence = null;
  if (!askedQuestions().length) return;
  line = make('div', 'line');
  line.setAttribute('aria-hidden', 'true');
  sentence = make('p', 'progress');
  document.body.append(line);
  send.before(sentence);
  showAnswered();
  showPlace();
});

document.addEventListener('input', showAnswered);
addEventListener('scroll', showPlace, { passive: true });
addEventListener('resize', showPlace);

/** Return the questions that are shown: those that do not apply are not asked. */
function askedQuestions() {
  return [...document.querySelectorAll('form[data-send] .question')].filter((question) => question.offsetParent);
}

/** Tell whether somebody has entered something in a field that is shown. */
export function isFilled(field) {
  if (['radio', 'checkbox'].includes(field.type)) return field.checked;
  return Boolean(field.offsetParent && field.value.trim());
}

function isAnswered(question) {
  return [...question.querySelectorAll('input, textarea')].some(isFilled);
}

function showAnswered() {
  if (!sentence) return;
  const asked = askedQuestions();
  const open = asked.filter((question) => !isAnswered(question));
  sentence.textContent = words('answered', { count: asked.length - open.length, total: asked.length });
  const needed = open.filter((question) => question.matches('.needed'));
  if (needed.length) sentence.append(make('br'), words('needed'), ...needed.map(linkTo));
}

function linkTo(question) {
  const link = make('a', '', question.querySelector('small').firstChild.data.trim());
  link.href = `#${question.id || question.querySelector('[id]').id}`;
  return link;
}

/** The line is as long as the share of the questions that have passed the middle of the screen. */
function showPlace() {
  if (!line) return;
  const asked = askedQuestions();
  const passed = asked.filter((question) => question.getBoundingClientRect().top < innerHeight / 2);
  line.style.setProperty('--part', passed.length / asked.length);
}
