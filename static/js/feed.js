// The queue, kept as the server has it: asks what changed, puts rows in their place, and holds still what is being read.
const VISIBLE = 1_000;
const HIDDEN = 5_000;
const SLOWEST = 15_000;
const HEARING_EVERY = 15_000;
const ROWS_AT_LEAST = 40;

const queue = document.getElementById("queue");
const rows = document.getElementById("rows");
const pill = document.getElementById("arrived");
const connection = document.getElementById("connection");
const unseen = new Set();

let cursor = queue?.dataset.cursor;
let more = Number(queue?.dataset.more ?? 0);
let failures = 0;
let timer = 0;
let isAsking = false;
let heardAt = Date.now();

// --- Asking
async function ask() {
  clearTimeout(timer);
  if (isAsking) return;
  isAsking = true;
  try {
    const hearing = Date.now() - heardAt > HEARING_EVERY;
    const query = new URLSearchParams({ after: cursor, view: queue.dataset.view });
    if (hearing) query.set("hearing", "1");
    const { status, html } = await desk.ask(`${queue.dataset.feed}?${query}`);
    if (hearing) heardAt = Date.now();
    if (status === 200) take(desk.parse(html).getElementById("feed"));
    else if (status === 205) await drawAnew();
    else if (status !== 204 && status !== 401) throw new Error(String(status));
    failures = status === 401 ? failures + 1 : 0;
    show("connected");
  } catch {
    failures += 1;
    if (failures > 1) show("lost");
  } finally {
    isAsking = false;
    timer = setTimeout(ask, pause());
  }
}

function pause() {
  if (failures) return Math.min(VISIBLE * 2 ** failures, SLOWEST);
  return document.hidden ? HIDDEN : VISIBLE;
}

function show(state) {
  const words = desk.word(state);
  if (connection.textContent !== words) connection.textContent = words;
  connection.classList.toggle("is-lost", state === "lost");
  document.getElementById("cut-off").hidden = state !== "lost";
}

// --- Taking in what changed
function take(feed) {
  const hearing = feed.querySelector("#hearing");
  const shownHearing = document.getElementById("hearing");
  if (hearing && shownHearing && !desk.isSame(hearing, shownHearing)) shownHearing.replaceWith(document.adoptNode(hearing));
  const fresh = feed.querySelector("#feed-rows");
  if (fresh) {
    const gone = [...feed.querySelectorAll("[data-gone]")].map((entry) => entry.dataset.gone);
    const numbers = [...fresh.children].map((row) => row.dataset.key);
    for (const tab of feed.querySelectorAll("[data-tab]")) setCount(tab.dataset.tab, tab.textContent);
    holdingStill(() => {
      for (const number of gone) rowOf(number)?.remove();
      return [...fresh.children].map((row) => put(document.adoptNode(row))).filter(Boolean);
    });
    settle();
    document.dispatchEvent(new CustomEvent("desk:changed", { detail: { numbers: [...gone, ...numbers] } }));
  }
  cursor = feed.dataset.cursor;
}

async function drawAnew() {
  const { status, html } = await desk.ask(queue.dataset.again);
  if (status !== 200) throw new Error(String(status));
  const page = desk.parse(html);
  const fresh = page.getElementById("queue");
  for (const tab of page.querySelectorAll("[data-count]")) setCount(tab.dataset.count, tab.textContent);
  holdingStill(() => desk.reconcile(rows, page.getElementById("rows")));
  cursor = fresh.dataset.cursor;
  more = Number(fresh.dataset.more);
  settle();
  document.dispatchEvent(new CustomEvent("desk:changed", { detail: { numbers: "all" } }));
}

function rowOf(number) {
  return rows.querySelector(`[data-key="${CSS.escape(number)}"]`);
}

// Put a row where it belongs; returns it when it was not there before.
function put(row) {
  const known = rowOf(row.dataset.key);
  const after = [...rows.children].find((other) => other !== known && other.dataset.sort > row.dataset.sort);
  const isWhereItWas = known?.dataset.sort === row.dataset.sort;
  // Further down than what is shown: it is counted, not drawn.
  if (!after && more > 0 && !isWhereItWas) {
    known?.remove();
    return null;
  }
  if (isWhereItWas && desk.isSame(known, row) && known.className === row.className) return null;
  const hadFocus = known?.contains(document.activeElement);
  if (known && known.nextElementSibling === (after ?? null)) known.replaceWith(row);
  else {
    known?.remove();
    rows.insertBefore(row, after ?? null);
  }
  if (hadFocus) row.querySelector("a").focus({ preventScroll: true });
  return known ? null : row;
}

// After rows have come or gone: what htmx and the eye must know, and whether too few are left.
function settle() {
  const open = document.querySelector("#work[data-number]")?.dataset.number;
  for (const row of rows.children) {
    const link = row.firstElementChild;
    if (row.dataset.key === open) link.setAttribute("aria-current", "true");
    globalThis.htmx?.process(link);
  }
  const total = Number(document.querySelector(`[data-count="${queue.dataset.view}"]`)?.textContent.replace(/\D/g, ""));
  more = Math.max(0, total - rows.children.length);
  document.getElementById("more")?.toggleAttribute("hidden", more === 0);
  const isShort = rows.children.length < Math.min(total, ROWS_AT_LEAST);
  if (isShort || rows.children.length > total) cursor = "";
  desk.tick();
  showPill();
}

function setCount(view, words) {
  for (const count of document.querySelectorAll(`[data-count="${view}"]`)) {
    if (count.textContent !== words) count.textContent = words;
  }
  if (view === "new") showTitle(words);
}

function showTitle(waiting) {
  const plain = document.title.replace(/^\([\d.]+\) /, "");
  document.title = waiting === "0" ? plain : `(${waiting}) ${plain}`;
}

// --- Holding still. A row that is pointed at, or the first one in view of a scrolled list, stays where it is.
// `change` returns the rows that are new: they slide in where nothing is being held, and are told of where out of sight.
function holdingStill(change) {
  const anchor = anchorRow();
  const before = anchor?.getBoundingClientRect().top;
  const added = change();
  const held = anchor && rowOf(anchor.dataset.key);
  if (held) rows.scrollTop += held.getBoundingClientRect().top - before;
  const frame = rows.getBoundingClientRect();
  for (const row of added) {
    if (!isInView(row, frame)) unseen.add(row.dataset.key);
    else if (!held) row.classList.add("is-new");
    desk.announce(desk.word("arrived-report", { number: row.dataset.key }));
  }
}

function isInView(row, frame) {
  const place = row.getBoundingClientRect();
  return place.top < frame.bottom - 8 && place.bottom > frame.top + 8;
}

function anchorRow() {
  const touched = rows.querySelector(".row:hover, .row:focus-within");
  if (touched) return touched;
  if (rows.scrollTop < 4) return null;
  const top = rows.getBoundingClientRect().top;
  return [...rows.children].find((row) => row.getBoundingClientRect().bottom > top + 8);
}

// --- Telling that something came
function showPill() {
  for (const number of unseen) {
    if (!rowOf(number)) unseen.delete(number);
  }
  pill.hidden = unseen.size === 0;
  const words = desk.word("arrived", { number: unseen.size });
  if (pill.textContent !== words) pill.textContent = words;
}

function look() {
  const frame = rows.getBoundingClientRect();
  for (const number of unseen) {
    const row = rowOf(number);
    if (!row || isInView(row, frame)) unseen.delete(number);
  }
  showPill();
}

if (queue) {
  rows.addEventListener("scroll", look, { passive: true });
  addEventListener("pagehide", () => sessionStorage.setItem(`queue-${queue.dataset.view}`, rows.scrollTop));
  pill.addEventListener("click", () => {
    const first = [...rows.children].find((row) => unseen.has(row.dataset.key));
    first?.scrollIntoView({ block: "center", behavior: "smooth" });
    first?.firstElementChild.focus({ preventScroll: true });
  });
  rows.scrollTop = Number(sessionStorage.getItem(`queue-${queue.dataset.view}`) ?? 0);
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  // After htmx has put the title of what it brought.
  document.addEventListener("htmx:afterSettle", () => showTitle(document.querySelector("[data-count=new]").textContent));
  addEventListener("online", ask);
  showTitle(document.querySelector("[data-count=new]").textContent);
  timer = setTimeout(ask, VISIBLE);
}
