/* Questions read aloud by the device itself, where it has a voice for the language; nothing is fetched for it. */

import { makeButton, onPage, words } from './page.js';

const speech = window.speechSynthesis;
const ICON = 'M3 9v6h4l5 5V4L7 9zM15 8.5a5 5 0 0 1 0 7M17.5 5.5a9 9 0 0 1 0 13';
let speaking;

/** Return a voice of the device for a language, if it has one; voices from elsewhere would send the text there. */
export function findVoice(language) {
  const [wanted] = language.toLowerCase().split('-');
  const voices = speech.getVoices().filter((voice) => voice.localService);
  return voices.find((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === wanted);
}

/** Put a button into every question, if this page can be read aloud. */
function offerVoice() {
  if (document.querySelector('.aloud') || !findVoice(document.documentElement.lang)) return;
  for (const question of document.querySelectorAll('form[data-send] .question')) {
    const name = question.querySelector('legend, label');
    const button = makeButton('aloud', drawIcon(), () => (speaking === button ? stop() : read(question, button)));
    button.setAttribute('aria-label', `${words('aloud')}: ${question.querySelector('small').textContent.trim()}`);
    button.setAttribute('aria-pressed', 'false');
    name.after(button);
  }
}

function drawIcon() {
  const drawing = new DOMParser().parseFromString(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" aria-hidden="true"><path d="${ICON}"/></svg>`,
    'image/svg+xml',
  );
  return document.adoptNode(drawing.documentElement);
}

function read(question, button) {
  stop();
  speaking = button;
  button.setAttribute('aria-pressed', 'true');
  const parts = [...question.querySelectorAll('legend, label, .hint')].filter((part) => part.offsetParent);
  parts.forEach((part, place) => {
    const utterance = makeUtterance(part);
    utterance.onstart = () => speaking === button && mark(part);
    utterance.onend = () => place === parts.length - 1 && speaking === button && stop();
    utterance.onerror = () => speaking === button && stop();
    speech.speak(utterance);
  });
}

function makeUtterance(part) {
  const { lang } = part.querySelector('[lang]') ?? document.documentElement;
  const sentences = [...part.childNodes].map((node) => node.textContent.trim()).filter(Boolean);
  const utterance = new SpeechSynthesisUtterance(sentences.join('. '));
  utterance.voice = findVoice(lang) ?? null;
  utterance.lang = utterance.voice?.lang ?? lang;
  return utterance;
}

/** Show which answer is being read: for those who know it by its place rather than by its letters. */
function mark(part) {
  document.querySelector('.read')?.classList.remove('read');
  part?.classList.add('read');
}

function stop() {
  speaking?.setAttribute('aria-pressed', 'false');
  speaking = null;
  mark(null);
  speech.cancel();
}

if (speech) {
  onPage(() => {
    stop();
    offerVoice();
  });
  speech.addEventListener?.('voiceschanged', offerVoice);
  addEventListener('pagehide', stop);
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && speaking && stop());
}
