// Writing to the reporter: canned replies, the menu of questions, and the seconds in which an answer can be withdrawn.
const byId = (id) => document.getElementById(id);
const text = () => byId("reply-text");
const picker = () => byId("canned");

// --- Canned replies: fetched when they are first opened on a report, then searched here
async function open() {
  if (!picker().hidden) return close();
  picker().hidden = false;
  byId("canned-open")?.setAttribute("aria-expanded", "true");
  byId("canned-search").focus();
  if (byId("canned-list").childElementCount) return filter();
  const opened = picker();
  try {
    const answer = await fetch(opened.dataset.words, { redirect: "manual", signal: AbortSignal.timeout(10_000) });
    if (answer.type === "opaqueredirect") return desk.cover(true);
    if (!answer.ok) throw new Error(String(answer.status));
    const found = desk.parse(await answer.text()).querySelectorAll("ul > li");
    opened.querySelector("#canned-list").replaceChildren(...[...found].map((option) => document.adoptNode(option)));
    if (opened === picker()) filter();
  } catch {
    desk.notify(desk.word("canned-not-loaded"));
    close();
  }
}

function close({ toText = true } = {}) {
  if (!picker() || picker().hidden) return;
  picker().hidden = true;
  byId("canned-open")?.setAttribute("aria-expanded", "false");
  if (toText) text()?.focus();
}

const options = () => [...picker().querySelectorAll("[role=option]")];
const there = () => options().filter((option) => !option.hidden);
const active = () => picker().querySelector("[role=option][aria-selected=true]");

function filter() {
  const sought = byId("canned-search").value.trim().toLocaleLowerCase().split(/\s+/);
  for (const option of options()) {
    const words = option.textContent.toLocaleLowerCase();
    option.hidden = !sought.every((word) => words.includes(word));
  }
  byId("canned-none").hidden = there().length > 0 || options().length === 0;
  point(there()[0]);
}

function point(option) {
  active()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  const search = byId("canned-search");
  if (option) search.setAttribute("aria-activedescendant", option.id);
  else search.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = there();
  if (all.length) point(all[(all.indexOf(active()) + by + all.length) % all.length]);
}

// What stands in braces is still to be written: the first of it is selected, so that writing replaces it.
function choose(option) {
  if (option) write(option, option.dataset.text);
}

function write(option, words) {
  if (text().readOnly) return;
  const field = text();
  const wasEmpty = !field.value.trim();
  if (wasEmpty) field.value = "";
  const start = field.selectionStart;
  const before = field.value.slice(0, start);
  const gap = before && !/\s$/.test(before) ? " " : "";
  field.setRangeText(gap + words, start, field.selectionEnd, "end");
  close();
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (wasEmpty) byId("reply-asks").value = option.dataset.asks;
  const missing = /\{[^{}]*\}/.exec(field.value);
  if (missing) field.setSelectionRange(missing.index, missing.index + missing[0].length);
  if (option.dataset.picture && byId("composer-pictures")) {
    desk.postToStrip(`${byId("composer-pictures").dataset.attaches}canned/`, { template: option.dataset.picture });
  }
}

document.addEventListener("click", (event) => {
  if (event.target.closest("#canned-open")) open();
  if (event.target.closest("#canned-shut")) close();
  const option = event.target.closest("#canned [role=option]");
  if (option) choose(option);
  const suggested = event.target.closest("[data-answers]");
  if (suggested) write(suggested, suggested.dataset.answers);
});

document.addEventListener("input", (event) => {
  if (event.target.id === "canned-search") filter();
  if (event.target === text() && !text().value.trim()) byId("reply-asks").value = "";
});

document.addEventListener(
  "keydown",
  (event) => {
    if (event.target.id !== "canned-search" || event.isComposing) return;
    const acts = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: () => choose(active()),
      Escape: () => close(),
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    acts[event.key]();
  },
  true,
);

// --- The menu of questions stands above the button that opens it
document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target;
    if (menu.id !== "asking" || event.newState !== "open") return;
    const opener = document.querySelector("[popovertarget=asking]").getBoundingClientRect();
    menu.style.insetBlockEnd = `${innerHeight - opener.top + 6}px`;
    menu.style.insetInlineStart = `${Math.max(8, Math.min(opener.left, innerWidth - menu.offsetWidth - 8))}px`;
  },
  true,
);

// --- The seconds in which an answer can be withdrawn. The server's clock counts.
const ahead = Date.parse(document.querySelector(".frame").dataset.now) - Date.now();

function countDown() {
  for (const waiting of document.querySelectorAll("[data-goes-out]")) {
    const left = Math.ceil((Date.parse(waiting.dataset.goesOut) - Date.now() - ahead) / 1000);
    const time = waiting.querySelector("time");
    if (time && left > 0) time.textContent = String(left);
    if (left <= 0) waiting.hidden = true;
  }
}
setInterval(countDown, 250);

// --- What was withdrawn lies in the composer again, before what has been written since.
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  countDown();
  const withdrawn = /messages\/([0-9a-f-]+)\/withdraw\//.exec(detail.requestConfig?.path ?? "");
  if (detail.target?.id !== "work" || !withdrawn || detail.xhr.status !== 200 || !text()) return;
  const words = document.querySelector(`[data-key="m-${withdrawn[1]}"] .bubble-text`)?.textContent ?? "";
  const field = text();
  if (!field.value.includes(words)) {
    field.value = field.value.trim() ? `${words}\n\n${field.value}` : words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.focus();
  field.setSelectionRange(words.length, words.length);
});
