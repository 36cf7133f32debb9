/* A device that is not one's own: nothing of a person is left on it for the next one. */

import { make, makeButton, words } from './page.js';
import { tell } from './telling.js';

// Notices open above the form: leaving it and coming back would need a page that remembers what was entered.
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href]:not(.next)');
  if (!link || link.pathname === location.pathname) return;
  event.preventDefault();
  if (link.origin === location.origin) showNotice(link.href);
});

async function showNotice(address) {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
    showDialog(words('close'), ...page.querySelector('main').children);
  } catch {
    tell(words('offline'));
  }
}

/** Show something above the page until its button is pressed; what it begins with is its name. */
export function showDialog(label, ...content) {
  closeDialogs();
  const dialog = make('dialog', '', ...content, makeButton('next', label, () => dialog.close()));
  const [heading] = content;
  Object.assign(heading, { id: 'above', tabIndex: -1, autofocus: true });
  dialog.setAttribute('aria-labelledby', heading.id);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Close whatever stands above the page. */
export function closeDialogs() {
  for (const dialog of document.querySelectorAll('dialog')) dialog.close();
}

addEventListener('pagehide', () => {
  for (const form of document.forms) form.reset();
});
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
