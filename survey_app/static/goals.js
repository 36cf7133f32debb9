// Shows what an indicator gives while it is being edited. Without this script the button "try it" does the same.
const form = document.querySelector("form[data-trial]");
const panel = document.getElementById("trial");

if (form && panel) {
  let timer;
  let running;

  const tryOut = async () => {
    running?.abort();
    running = new AbortController();
    const sent = new FormData(form);
    sent.set("try", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, signal: running.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById("trial");
      if (found) panel.replaceChildren(...found.childNodes);
    } catch {
      // Aborted by the next key, or offline: what was shown last stays.
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(tryOut, 600);
  });
}
