// Sets light or dark before anything is drawn. Loaded without `defer` on purpose: otherwise dark pages flash.
(function () {
  "use strict";
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  function wanted() {
    try {
      return localStorage.getItem("gy-theme") || "light";
    } catch {
      return "light"; // storage may be switched off
    }
  }

  function apply() {
    const choice = wanted();
    const theme = choice === "auto" ? (dark.matches ? "dark" : "light") : choice;
    document.documentElement.setAttribute("data-bs-theme", theme);
    for (const button of document.querySelectorAll("[data-gy-theme]")) {
      button.setAttribute("aria-pressed", String(button.dataset.gyTheme === choice));
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-gy-theme]");
    if (!button) return;
    try {
      localStorage.setItem("gy-theme", button.dataset.gyTheme);
    } catch {
      document.documentElement.setAttribute("data-bs-theme", button.dataset.gyTheme);
      return;
    }
    apply();
  });
  dark.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", apply);
  apply();
})();
