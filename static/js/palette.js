// The command palette: every control of the page that carries data-command, found by its words.
const palette = document.getElementById("palette");
const query = document.getElementById("palette-query");
const list = document.getElementById("palette-list");
const searching = document.getElementById("palette-search");
const COMPLETE = /^([a-z]{2,5})[- ]?(\d{4})[- ]?(\d{5,})$/i;
let chosen = 0;
let commands = [];

function open() {
  if (palette.open) {
    palette.close();
    return;
  }
  if (document.querySelector("dialog:modal")) return;
  commands = collect();
  query.value = "";
  palette.showModal();
  show();
}

function collect() {
  const found = new Map();
  // First what can be done with the open report, last what stands in menus.
  const inOrder = ["#work [data-command]", ":not(#work *, .menu *)[data-command]", ".menu [data-command]"];
  for (const control of inOrder.flatMap((part) => [...document.querySelectorAll(part)])) {
    if (!desk.shortcuts.isThere(control)) continue;
    const words = desk.shortcuts.words(control);
    if (words && !found.has(words)) found.set(words, { words, key: control.dataset.shortcut, control });
  }
  return [...found.values()];
}

// Each word of the question must begin a word of the command.
function matching() {
  const asked = plain(query.value).split(/\s+/).filter(Boolean);
  const fitting = commands.filter(({ words }) => {
    const parts = plain(words).split(/[\s:,()]+/);
    return asked.every((word) => parts.some((part) => part.startsWith(word)));
  });
  const typed = query.value.trim();
  if (!typed) return fitting;
  const report = reportOf(typed);
  if (report) return [report, ...fitting];
  if (!searching) return fitting;
  const search = { words: palette.dataset.searchFor.replace("{words}", () => typed), search: typed };
  return /\d/.test(typed) ? [search, ...fitting] : [...fitting, search];
}

function plain(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

// A whole number leads to its report. What else is typed is searched for: posted, never a part of an address.
function reportOf(typed) {
  const [, code, month, count] = COMPLETE.exec(typed) ?? [];
  if (!code || !palette.dataset.report) return null;
  const number = `${code.toUpperCase()}-${month}-${count}`;
  return {
    words: palette.dataset.openReport.replace("{number}", number),
    address: palette.dataset.report.replace("NUMBER", number),
  };
}

function show() {
  const shown = matching();
  list.replaceChildren(...shown.map(optionOf));
  list.shown = shown;
  document.getElementById("palette-none").hidden = shown.length > 0;
  choose(0);
}

function optionOf({ words, key }, index) {
  const option = document.createElement("li");
  option.id = `palette-${index}`;
  option.role = "option";
  option.textContent = words;
  for (const part of key?.split("+").filter(Boolean) ?? []) {
    const cap = document.createElement("kbd");
    cap.setAttribute("aria-hidden", "true");
    cap.textContent = part;
    option.append(" ", cap);
  }
  return option;
}

function choose(index) {
  const options = [...list.children];
  chosen = options.length ? (index + options.length) % options.length : 0;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
  options[chosen]?.scrollIntoView({ block: "nearest" });
  if (options.length) query.setAttribute("aria-activedescendant", options[chosen].id);
  else query.removeAttribute("aria-activedescendant");
}

function run(command) {
  if (!command) return;
  palette.close();
  if (command.address) location.assign(command.address);
  else if (command.search) search(command.search);
  else if (command.control.isConnected) desk.shortcuts.use(command.control);
}

function search(words) {
  searching.elements.words.value = words;
  searching.submit();
}

document.addEventListener("desk:palette", open);
query.addEventListener("input", show);
query.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) choose(chosen + step);
  else if (event.key === "Enter" && !event.isComposing) run(list.shown[chosen]);
  else return;
  event.preventDefault();
});
list.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) run(list.shown[[...list.children].indexOf(option)]);
});
list.addEventListener("mousemove", (event) => {
  const option = event.target.closest("[role=option]");
  if (option && option.getAttribute("aria-selected") !== "true") choose([...list.children].indexOf(option));
});
