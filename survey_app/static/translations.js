// Makes translating faster. Without this script every text can be read, typed and saved all the same.
const LONGER = 1.6;
const AT_LEAST = 15;

const form = document.querySelector("form[data-bench]");
if (form) {
  const fields = [...form.querySelectorAll("textarea")];
  let isTouched = false;
  for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = false;

  const warn = (field) => {
    const source = Number(field.dataset.sourceLength);
    const isLong = field.value.length > Math.max(source * LONGER, source + AT_LEAST);
    field.closest(".bench__target").querySelector("[data-too-long]").hidden = !isLong;
  };

  form.addEventListener("input", (event) => {
    isTouched = true;
    if (event.target.matches("textarea")) warn(event.target);
  });

  form.addEventListener("keydown", (event) => {
    const place = fields.indexOf(event.target);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(event.target.closest(".bench__group").querySelector("[type=submit]"));
    } else if (event.altKey && place >= 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      fields[place + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
    }
  });

  form.addEventListener("submit", () => { isTouched = false; });
  addEventListener("beforeunload", (event) => {
    if (isTouched) event.preventDefault();
  });
}
