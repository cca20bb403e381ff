// Keys. A control says by data-shortcut which one it answers to; nothing listens for letters but this.
const shortcuts = (globalThis.desk.shortcuts = {});

// --- Which controls are there
// Visible, or in a drawer that is shut: the drawer is opened when its control is used.
shortcuts.isThere = (control) => {
  if (control.matches(":disabled, [aria-disabled=true]")) return false;
  if (control.checkVisibility({ visibilityProperty: true })) return true;
  const drawer = control.closest("[popover]");
  if (!drawer || drawer.matches(":popover-open") || control.closest("[hidden], .closing:not([open])")) return false;
  for (let element = control; element !== drawer; element = element.parentElement) {
    if (getComputedStyle(element).display === "none") return false;
  }
  return true;
};

shortcuts.words = (control) => {
  const copy = control.cloneNode(true);
  for (const aside of copy.querySelectorAll("kbd, .rail-count")) aside.remove();
  const words = control.dataset.command || copy.textContent || control.labels?.[0]?.textContent;
  return (words || control.getAttribute("aria-label") || control.title || "").replace(/\s+/g, " ").trim();
};

shortcuts.use = (control) => {
  const drawer = control.closest("aside[popover]:not(:popover-open)");
  if (drawer && !control.checkVisibility()) drawer.showPopover();
  if (control.matches("input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select")) {
    control.focus();
    control.select?.();
  } else {
    control.click();
    control.dispatchEvent(new Event("desk:used", { bubbles: true }));
  }
};

function controlOf(key) {
  const scope = topmost();
  const controls = scope.querySelectorAll(`[data-shortcut="${CSS.escape(key)}"]`);
  return [...controls].find(shortcuts.isThere);
}

// While a dialog is open, keys reach into it and no further.
function topmost() {
  return [...document.querySelectorAll("dialog:modal")].at(-1) ?? document;
}

// --- Listening
function isField(element) {
  return element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
}

// "c", "Shift+T", "?": a letter as it is named on the key, whatever Caps Lock says; a sign as it comes out.
function nameOf(event) {
  if (!/^\p{L}$/u.test(event.key)) return event.key;
  return event.shiftKey ? `Shift+${event.key.toUpperCase()}` : event.key.toLowerCase();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    document.dispatchEvent(new Event("desk:palette"));
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const target = document.activeElement ?? document.body;
  if (isField(target)) {
    if (event.key === "Escape" && !target.closest("dialog:modal")) target.blur();
    return;
  }
  if (act(event, target)) event.preventDefault();
});

function act(event, target) {
  if (event.key === "?") {
    showSheet();
    return true;
  }
  if (topmost() === document && move(event.key, target)) return true;
  if (event.repeat) return false;
  const control = event.key.length === 1 ? controlOf(nameOf(event)) : null;
  if (control) shortcuts.use(control);
  return Boolean(control);
}

// --- Going through a list
const STEPS = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };

function move(key, target) {
  const step = STEPS[key];
  if (!step) return false;
  // The arrows scroll what they are in, unless that is the list itself or nothing at all.
  const isArrow = key.startsWith("Arrow");
  if (isArrow && target !== document.body && !target.closest(".rows, .row-link, [data-row]")) return false;
  const rows = [...document.querySelectorAll(".row-link, [data-row]")].filter((row) => row.checkVisibility());
  if (!rows.length) return false;
  const at = rows.findIndex((row) => row === target || row.parentElement.contains(target));
  const from = at >= 0 ? at : rows.findIndex((row) => row.hasAttribute("aria-current"));
  const next = rows[Math.min(Math.max(from + step, 0), rows.length - 1)];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

// --- The sheet
const sheet = document.getElementById("keys");

function showSheet() {
  if (sheet.open) {
    sheet.close();
    return;
  }
  if (topmost() !== document) return;
  for (const entry of sheet.querySelectorAll("[data-added]")) entry.remove();
  const added = new Set();
  for (const control of document.querySelectorAll("[data-shortcut]")) {
    const key = control.dataset.shortcut;
    if (added.has(key) || !shortcuts.isThere(control)) continue;
    added.add(key);
    sheet.querySelector(`[data-group=${groupOf(control)}] dl`).append(entryOf(key, shortcuts.words(control)));
  }
  sheet.showModal();
}

function groupOf(control) {
  if (control.closest("#work")) return "report";
  return control.closest("#queue, .rail-views") ? "queue" : "everywhere";
}

function entryOf(key, words) {
  const [entry, term, meaning] = ["div", "dt", "dd"].map((name) => document.createElement(name));
  entry.dataset.added = "";
  for (const part of key.split("+").filter(Boolean)) {
    const cap = document.createElement("kbd");
    cap.textContent = part;
    term.append(cap, " ");
  }
  meaning.textContent = words;
  entry.append(term, meaning);
  return entry;
}

// --- Sheets close by their button and by a press beside them.
document.addEventListener("click", (event) => {
  const dialog = event.target.closest("dialog.sheet");
  if (!dialog) return;
  if (event.target === dialog || event.target.closest("[data-closes]")) dialog.close();
});
