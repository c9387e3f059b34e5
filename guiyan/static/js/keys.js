// Keyboard: / find, ? list, g h/f/a/r go, j k Enter x Esc in lists, and [data-gy-key] on any button or link.
(function () {
  "use strict";
  const WAIT_MS = 1200; // how long "g" waits for its second key
  let goUntil = 0;

  function on() {
    try {
      return localStorage.getItem("gy-keys") !== "off";
    } catch {
      return true; // storage may be switched off
    }
  }

  function typing(target) {
    return target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]");
  }

  function find() {
    const field = document.querySelector("[data-gy-search-field]");
    if (field) {
      field.focus();
      field.select?.();
      return true;
    }
    const link = document.querySelector("[data-gy-search]");
    if (link) window.location.assign(link.href);
    return Boolean(link);
  }

  function go(key) {
    const link = document.querySelector(`[data-gy-go="${key}"]`);
    if (link) window.location.assign(link.href);
    return Boolean(link);
  }

  function press(key) {
    const target = [...document.querySelectorAll(`[data-gy-key="${key}"]`)].find((one) => one.offsetParent && !one.disabled);
    if (!target) return false;
    target.focus();
    target.click();
    return true;
  }

  function answered(field) {
    return new URLSearchParams(window.location.search).get(field.name) === field.value;
  }

  function help() {
    const dialog = document.getElementById("gy-shortcuts");
    if (dialog && !dialog.open) dialog.showModal();
    return Boolean(dialog);
  }

  const LIST = {
    j: () => window.gyLists.step(1),
    ArrowDown: () => window.gyLists.step(1),
    k: () => window.gyLists.step(-1),
    ArrowUp: () => window.gyLists.step(-1),
    x: () => window.gyLists.tick(),
    "/": find,
    "?": help,
  };

  function handle(event) {
    if (event.key === "Enter") return !event.target.closest("a, button, summary, label") && window.gyLists.open();
    if (goUntil > event.timeStamp) {
      goUntil = 0;
      if (go(event.key)) return true;
    }
    if (event.key === "g") {
      goUntil = event.timeStamp + WAIT_MS;
      return true;
    }
    return press(event.key) || Boolean(LIST[event.key]?.());
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") {
      if (typing(event.target)) event.target.blur();
      else window.gyLists.clear();
      return;
    }
    const search = event.target.matches("[data-gy-search-field]");
    if (search && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      if (LIST[event.key]()) event.preventDefault();
      return;
    }
    // Enter opens the chosen result once the answer below is the answer to what stands in the field.
    if (search && event.key === "Enter" && answered(event.target) && window.gyLists.open()) {
      event.preventDefault();
      return;
    }
    if (typing(event.target) || !on()) return;
    if (handle(event)) event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-gy-keys]")) return;
    try {
      localStorage.setItem("gy-keys", event.target.checked ? "on" : "off");
    } catch {
      event.target.checked = true; // cannot be kept, so it does not pretend to be
    }
  });
  document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll("[data-gy-keys]")) box.checked = on();
  });
})();
