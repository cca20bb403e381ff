// The facts of a report: editors that open by key, choosing from a list while typing, and staying where one was.
const options = (list) => [...list.querySelectorAll(".option")];
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// --- Editors. One at a time; what stands in one is kept while it is shut.
document.addEventListener("toggle", (event) => event.target.matches?.(".editor") && begin(event.target), true);
// A browser tells of the opening some time after it; the letters of somebody quick would be taken for keys until then.
document.addEventListener("desk:used", (event) => event.target.matches(".editor > summary") && begin(event.target.parentElement));

function begin(editor) {
  if (!editor.open) return;
  for (const other of document.querySelectorAll(".editor[open]")) {
    if (other !== editor) other.open = false;
  }
  const picker = editor.querySelector("[data-picker]");
  if (picker?.dataset.picker) fill(picker);
  const field = editor.querySelector("[role=combobox], textarea, select");
  if (!editor.contains(document.activeElement) || document.activeElement.localName === "summary") {
    field?.focus({ preventScroll: true });
    field?.select?.();
  }
  editor.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-edits]");
  if (opener) {
    event.preventDefault();
    edit(opener.dataset.edits);
  }
  const leader = event.target.closest("[data-leads-to]");
  if (leader) document.getElementById(leader.dataset.leadsTo)?.focus();
});

function edit(id) {
  const editor = document.getElementById(id);
  if (!editor) return;
  const drawer = editor.closest("[popover]");
  if (drawer && !editor.checkVisibility()) drawer.showPopover();
  editor.open = true;
  begin(editor);
}

document.addEventListener("keydown", (event) => {
  const editor = event.target.closest?.(".editor[open]");
  if (editor && event.key === "Escape") {
    event.preventDefault();
    editor.open = false;
    editor.querySelector("summary").focus();
  }
  if (editor && event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
  if (event.target.matches?.(".urgency-choice") && /^Arrow/.test(event.key)) {
    event.preventDefault();
    const step = /Right|Down/.test(event.key) ? "nextElementSibling" : "previousElementSibling";
    const next = event.target[step];
    if (next?.matches(".urgency-choice")) next.focus();
  }
  if (event.target.matches?.("[data-picker] [role=combobox]")) choose(event, event.target);
});

// --- Choosing from a list. The first that fits is taken by Enter; the arrows go to another.
function choose(event, field) {
  const list = document.getElementById(field.getAttribute("aria-controls"));
  const shown = options(list);
  const at = shown.findIndex((option) => option.matches(".is-active"));
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps && shown.length) {
    event.preventDefault();
    activate(field, shown[(at + steps[event.key] + shown.length) % shown.length]);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (at >= 0) shown[at].click();
    else if (field.name) field.form.requestSubmit(field.form.querySelector(".editor-foot [type=submit]"));
  }
}

function activate(field, option) {
  for (const other of options(document.getElementById(field.getAttribute("aria-controls")))) {
    other.classList.toggle("is-active", other === option);
    other.setAttribute("aria-selected", String(other === option));
  }
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("input", (event) => {
  const picker = event.target.closest("[data-picker]");
  if (picker?.dataset.picker) fill(picker);
});

// The choice of a select, as a list that can be searched: what the select says, in its groups while nothing is typed.
function fill(picker) {
  const select = document.getElementById(picker.dataset.picker);
  const field = picker.querySelector("[role=combobox]");
  const list = picker.querySelector(".options");
  const sought = plain(field.value).split(/\s+/).filter(Boolean);
  const found = sought.length ? fitting(select, sought) : [...select.options].filter((option) => option.value);
  list.replaceChildren();
  let group = null;
  found.forEach((option, number) => {
    const its = option.parentElement.label;
    if (!sought.length && its !== group) {
      group = its;
      list.append(heading(its));
    }
    list.append(buttonOf(option, number, sought.length ? its : ""));
  });
  picker.querySelector(".options-none").hidden = found.length > 0;
  const current = options(list).find((option) => option.dataset.value === select.dataset.current);
  activate(field, sought.length ? options(list)[0] : current);
}

function fitting(select, sought) {
  const known = new Set();
  const ranked = [];
  for (const option of select.options) {
    if (!option.value || known.has(option.value)) continue;
    const [label, group, words] = [option.label, option.parentElement.label ?? "", option.dataset.words ?? ""].map(plain);
    if (!sought.every((part) => `${label} ${group} ${words}`.includes(part))) continue;
    known.add(option.value);
    const [first] = sought;
    const rank = label.startsWith(first) ? 0 : label.includes(` ${first}`) ? 1 : sought.every((part) => label.includes(part)) ? 2 : 3;
    ranked.push([rank, option]);
  }
  return ranked.sort((one, other) => one[0] - other[0]).map(([, option]) => option);
}

function heading(words) {
  const line = document.createElement("p");
  line.className = "options-group";
  line.setAttribute("role", "presentation");
  line.textContent = words;
  return line;
}

function buttonOf(option, number, group) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "option", id: `category-option-${number}`, tabIndex: -1 });
  button.setAttribute("role", "option");
  button.dataset.value = option.value;
  const words = document.createElement("span");
  words.textContent = option.label;
  for (const aside of [group, option.dataset.hint]) {
    if (!aside) continue;
    const small = document.createElement("span");
    small.className = "meta";
    small.textContent = aside;
    words.append(" ", small);
  }
  button.append(words);
  return button;
}

document.addEventListener("click", (event) => {
  const option = event.target.closest("[data-picker] .option[data-value]");
  if (!option) return;
  const select = document.getElementById(option.closest("[data-picker]").dataset.picker);
  select.value = option.dataset.value;
  select.form.requestSubmit();
});

// What the server found: the first is taken by Enter.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "place-options") return;
  const field = document.getElementById("place-search");
  activate(field, options(event.detail.target)[0]);
});

// --- Staying where one was. A verb of the facts brings the whole report anew.
let before = null;
let kept = null;

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id !== "work") return;
  const facts = document.getElementById("facts");
  const form = event.detail.requestConfig.elt;
  kept = keep(form);
  before = facts?.contains(form)
    ? { scroll: facts.scrollTop, wasDrawer: facts.matches(":popover-open"), opener: openerOf(form) }
    : null;
});

// What a form of the facts belongs to. The next step has none: where it leads, work.js knows.
function openerOf(form) {
  if (form.matches(".urgencies")) return ".urgency-choice[aria-pressed=true]";
  const editor = form.closest(".editor") ?? form.closest(".fact")?.querySelector(".editor");
  return editor ? `#${editor.id} > summary` : "";
}

// Somebody may have begun with another editor while the answer was on its way: they go on where they are.
function keep(form) {
  const editor = document.querySelector(".editor[open]");
  if (!editor || editor.contains(form)) return null;
  const fields = [...editor.querySelectorAll("input[id], textarea[id]")].map((field) => [field.id, field.value]);
  return { number: document.getElementById("work").dataset.number, id: editor.id, fields, focused: document.activeElement?.id };
}

function goOn({ number, id, fields, focused }) {
  const editor = document.getElementById(id);
  if (!editor || document.getElementById("work").dataset.number !== number) return;
  editor.open = true;
  for (const [field, value] of fields) {
    if (document.getElementById(field)) document.getElementById(field).value = value;
  }
  document.getElementById(focused)?.focus({ preventScroll: true });
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "work") return;
  const unfinished = kept;
  kept = null;
  // After whatever else puts the focus somewhere when a report has come.
  if (unfinished) queueMicrotask(() => goOn(unfinished));
  if (!before) return;
  const facts = document.getElementById("facts");
  const { status } = event.detail.xhr;
  // A refusal stands above the composer: the drawer would cover it.
  if (before.wasDrawer && status !== 409) facts.showPopover();
  facts.scrollTop = before.scroll;
  const target = status === 422 ? "#facts [aria-invalid=true]" : before.opener;
  if (target && status !== 409) document.querySelector(target)?.focus({ preventScroll: status !== 422 });
  before = null;
});
