// Choosing rows, and one verb on all of them. What was refused stays chosen.
const queue = document.getElementById("queue");
const rows = document.getElementById("rows");
const slot = document.getElementById("bulk-slot");
const button = document.getElementById("select-rows");
const chosen = new Set();

const bulk = () => document.getElementById("bulk");
const boxes = () => [...rows.querySelectorAll(".row-select")];
const boxOf = (row) => row?.querySelector(".row-select");

// --- Choosing
function choose(box, isChosen) {
  box.checked = isChosen;
  if (isChosen) chosen.add(box.value);
  else chosen.delete(box.value);
}

function show() {
  const isSelecting = chosen.size > 0 || button.getAttribute("aria-pressed") === "true";
  rows.classList.toggle("is-selecting", isSelecting);
  const result = document.getElementById("bulk-result");
  slot.hidden = chosen.size === 0 && !result?.firstElementChild;
  if (bulk()) bulk().hidden = chosen.size === 0;
  if (chosen.size && !bulk()) slot.dispatchEvent(new Event("desk:open"));
  const number = new Intl.NumberFormat(document.documentElement.lang).format(chosen.size);
  const words = slot.dataset.selected.replace("{number}", number);
  const count = slot.querySelector(".bulk-count");
  if (count && count.textContent !== words) count.textContent = words;
}

// Rows come, go and are drawn anew: what is no longer shown is no longer chosen.
function renew() {
  const shown = boxes();
  const numbers = new Set(shown.map((box) => box.value));
  for (const number of chosen) {
    if (!numbers.has(number)) chosen.delete(number);
  }
  for (const box of shown) box.checked = chosen.has(box.value);
  show();
}

// By its key on the row that has the focus; by the button, boxes on all rows, for fingers.
function toggle() {
  const focused = document.activeElement?.closest?.("#rows .row");
  const box = boxOf(focused);
  if (box) choose(box, !box.checked);
  else {
    const wasPressed = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-pressed", String(!wasPressed));
    if (wasPressed) for (const each of boxes()) choose(each, false);
  }
  show();
}

// From one box to another with Shift held: all between them.
let last = null;
let withShift = false;

function clicked(box) {
  const all = boxes();
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
  const between = withShift && from >= 0 ? all.slice(from, to + 1) : [box];
  for (const each of between) choose(each, box.checked);
  last = box;
  forget();
  show();
}

function forget() {
  document.getElementById("bulk-result")?.replaceChildren();
}

// --- The forms of the verbs: one at a time
function open(name) {
  for (const opener of slot.querySelectorAll("[data-bulk-opens]")) {
    const form = document.getElementById(`bulk-${opener.dataset.bulkOpens}`);
    const isOpen = opener.dataset.bulkOpens === name && form.hidden;
    opener.setAttribute("aria-expanded", String(isOpen));
    form.hidden = !isOpen;
    form.disabled = !isOpen;
    if (isOpen) form.querySelector("select, textarea, input").focus();
  }
}

function pressed(event) {
  const opener = event.target.closest("[data-bulk-opens]");
  if (opener) open(opener.dataset.bulkOpens);
  if (event.target.closest("[data-bulk-all]")) for (const box of boxes()) choose(box, true);
  if (event.target.closest("[data-bulk-none]")) {
    for (const box of boxes()) choose(box, false);
    button.setAttribute("aria-pressed", "false");
    forget();
    button.focus();
  }
  if (event.target.closest(".bulk-count")) slot.querySelector(".bulk-verbs .button")?.focus();
  show();
}

// --- What became of it
function settled(event) {
  if (event.detail.target?.id === "bulk-slot") show();
  if (event.detail.target?.id !== "bulk-result") return;
  const outcome = event.detail.target.querySelector(".bulk-outcome");
  if (!outcome) return;
  const failed = new Set(outcome.dataset.failed.split(" ").filter(Boolean));
  for (const box of boxes()) choose(box, failed.has(box.value));
  if (!failed.size) {
    open(null);
    bulk().reset();
    button.setAttribute("aria-pressed", "false");
  }
  show();
}

if (queue) {
  button.addEventListener("click", toggle);
  rows.addEventListener("click", (event) => (withShift = event.shiftKey), true);
  rows.addEventListener("change", (event) => event.target.matches(".row-select") && clicked(event.target));
  slot.addEventListener("click", pressed);
  slot.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !event.target.closest(".bulk-form")) return;
    const opener = slot.querySelector("[data-bulk-opens][aria-expanded=true]");
    open(null);
    opener?.focus();
  });
  // What floats over the foot of the queue floats above the bar.
  new ResizeObserver(() => document.documentElement.style.setProperty("--bulk-height", `${slot.offsetHeight}px`)).observe(slot);
  document.addEventListener("desk:rows", renew);
  document.addEventListener("htmx:afterSwap", settled);
  // A browser that goes back keeps what was ticked.
  for (const box of boxes()) box.checked = false;
}
