// The find field: grows with what is typed; Enter searches, or opens the row chosen with the arrow keys.
(function () {
  "use strict";
  const field = document.querySelector("textarea[data-gy-search-field]");
  if (!field) return;
  let chosen = false; // the arrows moved the choice since the last typed character

  function fit() {
    if (CSS.supports("field-sizing", "content")) return; // the style sheet does it
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }

  field.addEventListener("input", () => {
    chosen = false;
    fit();
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") chosen = true;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    const row = chosen && document.querySelector('[data-gy-item][aria-current="true"]');
    if (row) window.location.assign(row.dataset.gyHref);
    else field.form.requestSubmit();
  });
  window.addEventListener("resize", fit);
  fit();
})();
