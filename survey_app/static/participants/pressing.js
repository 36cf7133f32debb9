/* What happens when somebody presses send, and what the page shows until the answers have arrived. */

import { device, isOurs, make, makeButton, onPage, showPage, words } from './page.js';
import { findOverlong } from './counting.js';
import { keep } from './keeping.js';
import { onOutcome, sendAll } from './sending.js';
import { speak, tell } from './telling.js';

/** The key of the form that was sent from this page and is on its way, and whether its copy outlives the page. */
let pressed;
let isKept;
let hasTold;

document.addEventListener('submit', (event) => {
  const { target: form, submitter } = event;
  // A browser that does not say which button was pressed sends by itself.
  if (!form.matches('[data-send]') || !submitter) return;
  if (submitter.name === 'switch_language') {
    event.preventDefault();
    switchLanguage(form, submitter.value);
  } else if (findOverlong()) {
    event.preventDefault();
    findOverlong().focus();
  } else {
    begin(event, form);
  }
});

/** Keep a copy of the answers and send it; the form stays as it is until they have arrived. */
function begin(event, form) {
  const key = form.elements.submission_key.value;
  const body = String(new URLSearchParams(new FormData(form)));
  event.preventDefault();
  // A second tap changes nothing.
  if (pressed) return;
  pressed = key;
  isKept = keep(key, { at: Date.now(), to: form.getAttribute('action'), body });
  setBusy(true);
  sendAll();
}

function setBusy(isBusy) {
  const button = document.querySelector('.send');
  button.dataset.label ??= button.textContent;
  button.textContent = isBusy ? words('sending') : button.dataset.label;
  button.setAttribute('aria-disabled', isBusy);
  if (isBusy) speak(button.textContent);
}

onOutcome((key, outcome, page, address) => {
  if (key === pressed) showOwn(outcome, page, address);
  // A tablet at the door does not speak of the person before.
  else if (device !== 'kiosk') tellEarlier(outcome, page);
});

function showOwn(outcome, page, address) {
  if (outcome === 'later') return showWaiting();
  pressed = null;
  if (outcome === 'expired') return leaveWaiting();
  showPage(page, outcome === 'stored' && device !== 'kiosk' ? address : '');
}

function tellEarlier(outcome, page) {
  if (outcome === 'later' && hasTold) return;
  hasTold = true;
  const look = makeButton('look', words('look'), () => showPage(page));
  tell(words(`earlier-${outcome}`), ...(outcome === 'refused' ? [look] : []));
}

/** Show that the answers wait, in the place of the form; its own words stay behind it. */
function showWaiting() {
  setBusy(false);
  if (document.querySelector('.waiting')) return;
  const then = device === 'kiosk' ? 'returns' : isKept ? 'closable' : 'open';
  const sign = make('p', 'sign', '…');
  sign.setAttribute('aria-hidden', 'true');
  const section = make('section', 'waiting', sign, make('h1', '', words('waiting')));
  section.append(make('p', '', `${words(isKept ? 'kept' : 'unkept')} ${words(then)}`));
  if (!navigator.onLine) section.append(make('p', 'hint', words('offline')));
  section.append(makeButton('next', words('again'), sendAll));
  section.tabIndex = -1;
  document.querySelector('form').classList.add('on-its-way');
  document.querySelector('main').prepend(section);
  scrollTo(0, 0);
  // What had the focus is hidden behind it.
  section.focus();
}

/** Show the form once more: its answers could not be sent in time, and its copy is deleted. */
function leaveWaiting() {
  document.querySelector('.waiting')?.remove();
  document.querySelector('form').classList.remove('on-its-way');
  setBusy(false);
  tell(words('earlier-expired'));
}

addEventListener('beforeunload', (event) => {
  if (pressed && !isKept) event.preventDefault();
});

/** Show the form in another language with everything in it, without leaving a second form to come back to. */
async function switchLanguage(form, language) {
  const fields = new FormData(form);
  fields.set('switch_language', language);
  try {
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(fields) });
    if (!isOurs(answer)) throw answer;
    const { pathname, searchParams } = new URL(location);
    searchParams.set('lang', language);
    searchParams.delete('sent');
    showPage(await answer.text(), `${pathname}?${searchParams}`, `[value="${language}"]`);
  } catch {
    tell(words('offline'));
  }
}

onPage(() => {
  pressed = null;
});
sendAll();
