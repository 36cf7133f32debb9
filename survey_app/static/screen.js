// The keys of presenters lead through the questions; without this script the links do.
"use strict";

const KEYS = { ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "prev", PageUp: "prev" };
const MIRRORED = { ArrowRight: "prev", ArrowLeft: "next" };

addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || (event.key === " " && event.target.closest("a"))) return;
  const isMirrored = document.documentElement.dir === "rtl" && event.key in MIRRORED;
  const wanted = isMirrored ? MIRRORED[event.key] : KEYS[event.key];
  const link = wanted && document.querySelector(`a[rel=${wanted}]`);
  if (link) {
    event.preventDefault();
    location.replace(link.href);
  }
});
