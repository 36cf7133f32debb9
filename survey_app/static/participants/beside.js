/* Words beside an answer: whoever writes there means that answer, and whoever takes the tick away means no words. */

import { onPage } from './page.js';

document.addEventListener('input', ({ target, inputType }) => {
  const tick = target.closest('.beside') && findTick(target);
  if (!tick || tick.checked || !target.value.trim() || inputType?.startsWith('delete')) return;
  tick.checked = true;
  tick.dispatchEvent(new Event('input', { bubbles: true }));
});

function findTick(field) {
  return field.closest('.beside').previousElementSibling.querySelector('input');
}

/** Let words be sent that belong to an answer, or that can be seen: about those the server asks. */
function followTicks() {
  for (const field of document.querySelectorAll('.beside textarea')) {
    field.disabled = !findTick(field).checked && !field.offsetParent;
  }
}

onPage(followTicks);
for (const event of ['input', 'change']) document.addEventListener(event, followTicks);
addEventListener('pageshow', followTicks);
document.addEventListener('submit', ({ submitter }) => {
  if (submitter?.name !== 'switch_language') return;
  // The same page in another language keeps words that are out of sight.
  for (const field of document.querySelectorAll('.beside textarea')) field.disabled = false;
  setTimeout(followTicks);
});
