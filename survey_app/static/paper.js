// Entering papers by keyboard: the signs of the boxes tick, Enter goes on. Without this script the form works the same,
// by tabulator, arrows and space.
"use strict";

const form = document.querySelector("[data-paper]");
const questions = [...form.querySelectorAll("[data-paper-question]")];
const store = form.querySelector("[data-paper-store]");

for (const line of document.querySelectorAll("[data-paper-keys]")) line.hidden = false;

// A digit is a digit on every keyboard, whatever else lies on its key.
function signOf(event) {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  return digit && !event.shiftKey ? digit[1] : event.key.toLowerCase();
}

function tick(question, sign) {
  const box = [...question.querySelectorAll("[data-mark]")].find((one) => one.dataset.mark === sign);
  if (!box) return false;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  const line = box.parentElement.querySelector("textarea");
  (line && box.checked ? line : box).focus();
  return true;
}

function enter(question) {
  (question.querySelector("[data-mark]:checked") ?? question.querySelector("input, textarea")).focus();
  question.scrollIntoView({ block: "nearest" });
}

function go(question, steps) {
  const next = questions[questions.indexOf(question) + steps];
  if (next) enter(next);
  else if (steps > 0) store.focus();
}

form.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.metaKey) return;
  const question = event.target.closest("[data-paper-question]");
  if (event.key === "Enter" && event.ctrlKey) {
    event.preventDefault();
    if (!event.repeat) form.requestSubmit(store);
  } else if (event.key === "Enter" && question) {
    event.preventDefault();
    if (!event.repeat) go(question, event.shiftKey ? -1 : 1);
  } else if (question && !event.ctrlKey && event.target.matches("[data-mark]") && tick(question, signOf(event))) {
    event.preventDefault();
  }
});
