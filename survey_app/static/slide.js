// The counter of the slide follows without the page being drawn anew. Without this script the browser loads the page
// again by itself.
"use strict";

const counter = document.querySelector("[data-counter]");

async function follow() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "error" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-counter]");
    // What the wall shows stays as it is until there is something better: no connection is nobody's business there.
    if (answer.ok && now && now.textContent !== counter.textContent) counter.textContent = now.textContent;
  } catch {
    // The next time, perhaps.
  }
}

setInterval(follow, Number(counter.dataset.seconds) * 1000);
