// Dialogs (native <dialog>: traps focus and gives it back), menus, questions before acts, forms sent once.
(function () {
  "use strict";
  let pending = null; // what the shared question is about: a form or an element to click again
  let confirmed = null;

  // Focus starts at the first field, not at the close button; on a phone no keyboard jumps up by itself.
  function show(dialog) {
    dialog.showModal();
    if (window.matchMedia("(pointer: coarse)").matches) return;
    const fields = "[autofocus], input:checked, .gy-panel-b :is(input:not([type=hidden]), select, textarea)";
    dialog.querySelector(fields)?.focus();
  }

  function ask(words, subject) {
    const dialog = document.getElementById("gy-ask");
    dialog.querySelector("#gy-ask-text").textContent = words;
    pending = subject;
    dialog.showModal();
  }

  function goOn() {
    const subject = pending;
    document.getElementById("gy-ask").close();
    confirmed = subject;
    if (subject instanceof HTMLFormElement) subject.requestSubmit();
    else subject.click();
    confirmed = null;
  }

  function mustAsk(event, subject) {
    if (!subject || confirmed === subject) return false;
    event.preventDefault();
    event.stopPropagation();
    ask(subject.dataset.gyConfirm, subject);
    return true;
  }

  document.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-gy-confirm]:not(form)");
    if (mustAsk(event, asked)) return;
    const opener = event.target.closest("[data-gy-open]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.gyOpen);
      opener.closest("dialog")?.close();
      if (dialog && !dialog.open) show(dialog);
    }
    if (event.target.closest("[data-gy-close]")) event.target.closest("dialog").close();
    if (event.target.closest("[data-gy-yes]")) goOn();
    if (event.target.closest("[data-gy-back]")) history.back();
    if (event.target instanceof HTMLDialogElement) event.target.close(); // a click on the backdrop
    for (const menu of document.querySelectorAll("[data-gy-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  }, true);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (mustAsk(event, form.matches("[data-gy-confirm]") ? form : null)) return;
    if (!form.matches("[data-gy-busy]")) return;
    if (form.dataset.gySent) {
      event.preventDefault();
      return;
    }
    form.dataset.gySent = "1";
    for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
  }, true);
  window.addEventListener("pageshow", () => { // back from the next page: the form may be sent again
    for (const form of document.querySelectorAll("form[data-gy-sent]")) {
      delete form.dataset.gySent;
      for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form[data-gy-sent]");
    if (!form) return;
    delete form.dataset.gySent;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  });

  // A dialog that htmx put into #dialog-slot opens at once, and goes when it is closed.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "dialog-slot") return;
    const dialog = event.detail.target.querySelector("dialog");
    if (!dialog) return;
    dialog.addEventListener("close", () => dialog.remove());
    show(dialog);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("[data-gy-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
})();
