/* What the modules of a participant's page share: its words, and its replacement by another page.
 *
 * The modules are joined into one script in the order that `participants/script.py` gives. Each one says with
 * `onPage` what it does with a page; that runs at once, and again for every page that takes the place of this one. */

const callbacks = [];
const sentences = new Map();

/** On what is answered: "own", "shared" or "kiosk". */
export const device = document.documentElement.dataset.device ?? 'own';

/** The page as it came, for a tablet that returns to it without a connection. */
export const pristine = device === 'kiosk' && document.body.cloneNode(true);

/** Let a function have its way with this page and with every one that takes its place. */
export function onPage(callback) {
  callbacks.push(callback);
  callback();
}

/** Return words of the page in its language, with values set in for names in braces; "" if it has none such. */
export function words(name, values = {}) {
  return (sentences.get(name) ?? '').replace(/\{(\w+)\}/g, (_all, key) => values[key]);
}

/** Learn the words of this page; what it does not say, the one before has said in the same language. */
function learnWords() {
  const found = document.getElementById('words')?.content.children ?? [];
  for (const { value, textContent } of found) sentences.set(value, textContent);
}

/** Return a new element with text or children inside. */
export function make(tag, className, ...content) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...content);
  return element;
}

/** Return a new button that sends no form. */
export function makeButton(className, label, press) {
  const button = make('button', className, label);
  button.type = 'button';
  button.addEventListener('click', press);
  return button;
}

/** Tell whether an answer comes from the survey's own pages, and not from a portal or proxy on the way. */
export function isOurs(answer) {
  return answer.headers.has('Content-Language');
}

/** Put another page in the place of this one, as if the browser had gone there.
 *
 * `address` stands in the place of the present one, so that "back" leads to no form that was sent. The focus goes
 * where that page wants it, else to its heading: what had it before is gone. */
export function showPage(html, address, focus = '[autofocus]') {
  const next = new DOMParser().parseFromString(html, 'text/html');
  const { lang, dir } = next.documentElement;
  Object.assign(document.documentElement, { lang, dir });
  document.title = next.title;
  showBody(document.adoptNode(next.body));
  if (address) history.replaceState(null, '', address);
  const target = document.querySelector(focus) ?? document.querySelector('h1');
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus();
}

/** Put another body in the place of this one and let every module have its way with it. */
export function showBody(body) {
  document.body.replaceWith(body);
  scrollTo(0, 0);
  for (const callback of callbacks) callback();
}

onPage(learnWords);
