// Lists by keyboard and mouse: one chosen row (aria-current), ticks with a bulk bar, hidden columns, auto-sent selects.
(function () {
  "use strict";
  const CURRENT = '[data-gy-item][aria-current="true"]';
  const list = () => document.querySelector("[data-gy-list]:has([data-gy-item])");

  function choose(item, { focus = false } = {}) {
    const owner = item.closest("[data-gy-list]");
    for (const other of owner.querySelectorAll(CURRENT)) other.removeAttribute("aria-current");
    item.setAttribute("aria-current", "true");
    item.scrollIntoView({ block: "nearest" });
    if (focus) item.querySelector("a, button, input")?.focus({ preventScroll: true });
    item.dispatchEvent(new CustomEvent("gy:select", { bubbles: true }));
  }

  function step(by) {
    const owner = list();
    if (!owner) return false;
    const items = [...owner.querySelectorAll("[data-gy-item]")];
    const at = items.findIndex((item) => item.matches(CURRENT));
    const next = items[Math.min(Math.max(at + by, 0), items.length - 1)];
    if (next && next !== items[at]) choose(next);
    return true;
  }

  function open() {
    const item = list()?.querySelector(CURRENT);
    if (!item?.dataset.gyHref) return false;
    window.location.assign(item.dataset.gyHref);
    return true;
  }

  function tick() {
    const box = list()?.querySelector(CURRENT)?.querySelector("[data-gy-pick]");
    if (!box) return false;
    box.click();
    return true;
  }

  function clear() {
    const picked = document.querySelectorAll("[data-gy-pick]:checked");
    if (picked.length) {
      for (const box of picked) box.checked = false;
      countPicked();
      return;
    }
    for (const item of document.querySelectorAll(CURRENT)) item.removeAttribute("aria-current");
  }

  function countPicked() {
    const picked = document.querySelectorAll("[data-gy-pick]:checked").length;
    for (const bar of document.querySelectorAll("[data-gy-bulk]")) {
      bar.hidden = picked === 0;
      const count = bar.querySelector("[data-gy-bulk-count]");
      if (count) count.textContent = String(picked);
    }
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-gy-bulk-clear]")) clear();
    if (event.target.closest("a, button, input, select, textarea, label, summary")) return;
    const item = event.target.closest("[data-gy-item]");
    if (!item || String(window.getSelection())) return;
    if (item.hasAttribute("hx-get")) choose(item);
    else if (item.dataset.gyHref) window.location.assign(item.dataset.gyHref);
  });

  document.addEventListener("change", (event) => {
    const target = event.target;
    if (target.matches("[data-gy-pick-all]")) {
      for (const box of target.closest("table").querySelectorAll("[data-gy-pick]")) box.checked = target.checked;
    }
    if (target.matches("[data-gy-pick], [data-gy-pick-all]")) countPicked();
    if (target.matches("[data-gy-autosubmit]")) target.form.requestSubmit();
    if (target.closest("[data-gy-columns]")) {
      keepColumns(target.closest("[data-gy-columns]"));
      showColumns();
    }
  });

  document.addEventListener("input", (event) => {
    const counter = document.querySelector(`[data-gy-count="${event.target.id}"]`);
    if (event.target.id && counter) counter.textContent = String([...event.target.value].length);
  });

  function keepColumns(chooser) {
    const off = [...chooser.querySelectorAll("input:not(:checked)")].map((box) => box.value);
    try {
      localStorage.setItem(`gy-columns-${chooser.dataset.gyColumns}`, JSON.stringify(off));
    } catch {
      return; // storage may be switched off: the choice then lasts for this page
    }
  }

  function showColumns() {
    for (const chooser of document.querySelectorAll("[data-gy-columns]")) {
      const table = document.getElementById(chooser.dataset.gyColumns);
      if (!table) continue;
      const boxes = new Map([...chooser.querySelectorAll("input")].map((box) => [box.value, box]));
      [...table.tHead.rows[0].cells].forEach((head, index) => {
        const box = boxes.get(head.dataset.gyCol);
        if (!box) return;
        for (const row of table.rows) if (row.cells[index]) row.cells[index].hidden = !box.checked;
      });
    }
  }

  function recallColumns() {
    for (const chooser of document.querySelectorAll("[data-gy-columns]")) {
      let kept = null;
      try {
        kept = JSON.parse(localStorage.getItem(`gy-columns-${chooser.dataset.gyColumns}`));
      } catch {
        kept = null;
      }
      if (kept) for (const box of chooser.querySelectorAll("input")) box.checked = !kept.includes(box.value);
    }
    showColumns();
  }

  // On a phone a row becomes a small card: its figures then carry the name of their column.
  function nameFigures() {
    for (const table of document.querySelectorAll(".gy-stack-table")) {
      const names = [...table.tHead.rows[0].cells].map((head) => head.textContent.trim());
      for (const cell of table.querySelectorAll("td.num:not([data-label])")) {
        cell.dataset.label = names[cell.cellIndex] ?? "";
      }
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    recallColumns();
    nameFigures();
  });
  document.addEventListener("htmx:afterSwap", () => {
    showColumns();
    nameFigures();
    countPicked();
  });
  window.gyLists = { step, open, tick, clear };
})();
