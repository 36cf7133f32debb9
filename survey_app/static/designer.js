// What makes designing nicer; without it every button and form does the same. Two parts: a form that saves itself while
// somebody writes, and items that are put in order by dragging, or by keyboard with spoken announcements.
const QUIET_MILLISECONDS = 1200;

const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

function saveWhileWriting(form) {
  const state = form.querySelector("[data-state]");
  let timer;
  let isRunning = false;
  let isWaiting = false;
  let isOver = false;

  const say = (words) => {
    if (state.textContent !== words) state.textContent = words;
  };

  const save = async () => {
    if (isOver) return;
    // One save at a time: the next one has to know what the last one left behind.
    if (isRunning) {
      isWaiting = true;
      return;
    }
    isRunning = true;
    const sent = new FormData(form);
    sent.set("autosave", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent });
      if (answer.status === 409) {
        isOver = true;
        say(form.dataset.conflict);
      } else if (answer.status === 400) {
        say(form.dataset.unsaved);
      } else {
        const { seen, codes } = await answer.json();
        form.elements.seen.value = seen;
        for (const [name, code] of Object.entries(codes)) {
          if (form.elements[name]) form.elements[name].value = code;
        }
        say(form.dataset.saved);
      }
    } catch {
      say(form.dataset.offline);
    }
    isRunning = false;
    if (isWaiting) {
      isWaiting = false;
      save();
    }
  };

  const saveSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, QUIET_MILLISECONDS);
  };

  // A new answer gets its short name from its words, once: it waits until they are written.
  const isBegun = ({ name }) => name.endsWith("-words") && form.elements[name.replace(/words$/, "code")]?.value === "";
  form.addEventListener("input", ({ target }) => {
    if (isBegun(target)) clearTimeout(timer);
    else saveSoon();
  });
  form.addEventListener("change", saveSoon);
  form.addEventListener("submit", () => {
    isOver = true;
    clearTimeout(timer);
  });
  if ("dirty" in form.dataset) saveSoon();
}

function orderItems(list) {
  const words = list.dataset;
  const voice = document.createElement("p");
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");
  const help = document.createElement("p");
  help.id = "order-help";
  help.hidden = true;
  help.textContent = words.help;
  list.before(voice, help);
  let moving = null;

  const all = () => [...list.children];
  const place = (item) => all().indexOf(item);
  const announce = (sentence, item) => {
    voice.textContent = fill(sentence, { name: item.dataset.name, position: place(item) + 1, total: all().length });
  };

  const pick = (item) => {
    moving = { item, before: all() };
    item.classList.add("draft-item--moving");
    announce(words.picked, item);
  };

  const put = (item, position) => {
    const others = all().filter((one) => one !== item);
    list.insertBefore(item, others[position] ?? null);
  };

  const restore = () => {
    list.append(...moving.before);
    moving.item.classList.remove("draft-item--moving");
  };

  const cancel = () => {
    const { item } = moving;
    restore();
    moving = null;
    announce(words.cancelled, item);
  };

  const drop = async () => {
    const { item, before } = moving;
    const position = place(item);
    item.classList.remove("draft-item--moving");
    if (before.indexOf(item) === position) {
      announce(words.cancelled, item);
      moving = null;
      return;
    }
    const sent = new FormData();
    sent.set("csrf_token", list.querySelector("[name=csrf_token]").value);
    sent.set("position", position);
    sent.set("script", "1");
    let refusal = words.offline;
    try {
      const answer = await fetch(item.dataset.move, { method: "POST", body: sent });
      if (answer.ok) {
        await showAnew();
        announce(words.dropped, item);
        moving = null;
        return;
      }
      refusal = (await answer.json()).message;
    } catch {
      // Offline, or signed out: what was shown before comes back.
    }
    restore();
    moving = null;
    voice.textContent = refusal;
    tell(refusal);
    item.querySelector(".draft-item__handle").focus();
  };

  // Numbers, buttons at both ends and the undo button follow from the new order: the page knows them.
  const showAnew = async () => {
    const focused = document.activeElement.closest("[data-code]")?.dataset.code;
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = new Map([...page.querySelectorAll("[data-order] > [data-code]")].map((one) => [one.dataset.code, one]));
    for (const item of all()) {
      const fresh = found.get(item.dataset.code);
      if (!fresh) continue;
      item.replaceChildren(...fresh.childNodes);
      item.dataset.name = fresh.dataset.name;
      addHandle(item);
    }
    document.querySelector("[data-actions]")?.replaceWith(page.querySelector("[data-actions]"));
    document.querySelector("[data-refusal]")?.remove();
    list.querySelector(`[data-code="${focused}"] .draft-item__handle`)?.focus();
  };

  const tell = (sentence) => {
    document.querySelector("[data-refusal]")?.remove();
    const box = document.createElement("p");
    box.className = "alert alert--warning";
    box.dataset.refusal = "";
    box.textContent = sentence;
    list.before(box);
  };

  const onKey = (event, item) => {
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      if (moving?.item === item) drop();
      else pick(item);
    } else if (moving?.item === item && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      const there = place(item) + (event.key === "ArrowUp" ? -1 : 1);
      if (there < 0 || there >= all().length) return;
      put(item, there);
      item.querySelector(".draft-item__handle").focus();
      announce(words.moved, item);
    } else if (event.key === "Escape" && moving?.item === item) {
      event.preventDefault();
      cancel();
      item.querySelector(".draft-item__handle").focus();
    }
  };

  const follow = (event) => {
    const { item } = moving;
    const target = all().find((one) => {
      const box = one.getBoundingClientRect();
      return one !== item && event.clientY >= box.top && event.clientY <= box.bottom;
    });
    if (!target) return;
    const box = target.getBoundingClientRect();
    const isBelow = event.clientY > box.top + box.height / 2;
    const others = all().filter((one) => one !== item);
    put(item, others.indexOf(target) + (isBelow ? 1 : 0));
  };

  const addHandle = (item) => {
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "tool draft-item__handle";
    handle.setAttribute("aria-label", fill(words.handle, { name: item.dataset.name }));
    handle.setAttribute("aria-describedby", help.id);
    const sign = document.createElement("span");
    sign.className = "kern-icon kern-icon--dehaze kern-icon--small";
    sign.setAttribute("aria-hidden", "true");
    handle.append(sign);
    handle.addEventListener("keydown", (event) => onKey(event, item));
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || moving) return;
      event.preventDefault();
      handle.focus();
      pick(item);
      // Heard at the document: an element that moves in the page loses the pointer that it has captured.
      const heard = new AbortController();
      const stop = (last) => {
        heard.abort();
        if (last.type === "pointerup") drop();
        else cancel();
      };
      document.addEventListener("pointermove", follow, { signal: heard.signal });
      for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, stop, { signal: heard.signal });
    });
    item.querySelector(".tools").prepend(handle);
  };

  all().forEach(addHandle);
}

const written = document.querySelector("form[data-autosave]");
if (written) saveWhileWriting(written);
const ordered = document.querySelector("[data-order]");
if (ordered) orderItems(ordered);
