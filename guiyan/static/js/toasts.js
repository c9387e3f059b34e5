// Toasts and what htmx needs: the CSRF header, words for failed requests, `gy:toast` from the server.
(function () {
  "use strict";
  const STAY_MS = 8000; // long enough to read and undo
  const box = () => document.getElementById("toasts");

  function leaveLater(toast) {
    let timer = setTimeout(() => toast.remove(), STAY_MS);
    toast.addEventListener("pointerenter", () => clearTimeout(timer));
    toast.addEventListener("focusin", () => clearTimeout(timer));
    toast.addEventListener("pointerleave", () => {
      timer = setTimeout(() => toast.remove(), STAY_MS);
    });
  }

  function show({ text, tone, undo }) {
    const template = document.getElementById(undo ? "gy-toast-undo" : "gy-toast-plain");
    if (!template || !box()) return;
    const toast = template.content.firstElementChild.cloneNode(true);
    toast.querySelector("[data-gy-toast-text]").textContent = text;
    if (tone) toast.classList.add(`gy-toast-${tone}`);
    if (undo) {
      const button = toast.querySelector("[data-gy-toast-undo]");
      button.setAttribute("hx-post", undo);
      button.setAttribute("hx-swap", "none");
      button.addEventListener("click", () => toast.remove());
    }
    box().append(toast);
    if (window.htmx) window.htmx.process(toast);
    leaveLater(toast);
  }

  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector('meta[name="csrf-token"]');
    if (token) event.detail.headers["X-CSRFToken"] = token.content;
  });
  document.addEventListener("gy:toast", (event) => show(event.detail));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status >= 500) show({ text: box().dataset.broken, tone: "bad" });
  });
  document.addEventListener("htmx:sendError", () => show({ text: box().dataset.offline, tone: "bad" }));
  document.addEventListener("htmx:timeout", () => show({ text: box().dataset.offline, tone: "bad" }));
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.id === "toasts") Array.from(box().children, leaveLater);
  });
  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-gy-toast-close]");
    if (close) close.closest(".gy-toast").remove();
  });
  document.addEventListener("DOMContentLoaded", () => {
    if (box()) Array.from(box().querySelectorAll(".gy-toast"), leaveLater);
  });
})();
