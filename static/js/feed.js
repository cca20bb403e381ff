// The queue, kept as the server has it: asks what changed, puts rows in their place, and holds still what is being read.
const VISIBLE = 1_000;
const HIDDEN = 5_000;
const SLOWEST = 15_000;
const HEARING_EVERY = 15_000;
const NEAR_THE_END = 800;

const queue = document.getElementById("queue");
const rows = document.getElementById("rows");
const pill = document.getElementById("arrived");
const connection = document.getElementById("connection");
const unseen = new Set();

let cursor = queue?.dataset.cursor;
// The list is known as far as this key; beyond it there is more, or nothing.
let known = queue?.dataset.last ?? "";
let hasMore = "more" in (queue?.dataset ?? {});
let isFetching = false;
let failures = 0;
let timer = 0;
let heardAt = Date.now();

// One question at a time: what an answer says is never older than what is shown already.
let turn = Promise.resolve();
let isAsking = false;
const inTurn = (question) => (turn = turn.then(question));

// --- Asking
function ask() {
  clearTimeout(timer);
  if (isAsking) return;
  isAsking = true;
  inTurn(askNow);
}

async function askNow() {
  try {
    const hearing = Date.now() - heardAt > HEARING_EVERY;
    const query = new URLSearchParams(queue.dataset.look);
    query.set("after", cursor);
    if (hearing) query.set("hearing", "1");
    desk.presence.ask(query);
    const { status, html } = await desk.ask(`${queue.dataset.feed}?${query}`);
    if (hearing) heardAt = Date.now();
    const isEnough = status !== 205 && (status !== 200 || take(desk.parse(html).getElementById("feed")));
    if (!isEnough) await drawAnew();
    if (![200, 204, 205, 401].includes(status)) throw new Error(String(status));
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

// --- Taking in what changed. False when that is not all: by time alone rows come to the view of what is overdue.
function take(feed) {
  desk.presence.take(feed);
  const hearing = feed.querySelector("#hearing");
  const shownHearing = document.getElementById("hearing");
  if (hearing && shownHearing && !desk.isSame(hearing, shownHearing)) shownHearing.replaceWith(document.adoptNode(hearing));
  const fresh = feed.querySelector("#feed-rows");
  const overdue = countOf("overdue");
  for (const tab of feed.querySelectorAll("[data-tab]")) setCount(tab.dataset.tab, tab.textContent);
  if (fresh) {
    const gone = [...feed.querySelectorAll("[data-gone]")].map((entry) => entry.dataset.gone);
    const numbers = [...fresh.children].map((row) => row.dataset.key);
    holdingStill(() => {
      for (const number of gone) rowOf(number)?.remove();
      return [...fresh.children].map((row) => put(document.adoptNode(row))).filter(Boolean);
    });
    settle();
    document.dispatchEvent(new CustomEvent("desk:changed", { detail: { numbers: [...gone, ...numbers] } }));
  }
  cursor = feed.dataset.cursor;
  return fresh || queue.dataset.view !== "overdue" || overdue === countOf("overdue");
}

async function drawAnew() {
  const { status, html } = await desk.ask(`${queue.dataset.again}?${queue.dataset.look}&shown=${rows.children.length}`);
  if (status !== 200) throw new Error(String(status));
  const page = desk.parse(html);
  const fresh = page.getElementById("queue");
  for (const tab of page.querySelectorAll("[data-count]")) setCount(tab.dataset.count, tab.textContent);
  holdingStill(() => desk.reconcile(rows, page.getElementById("rows")));
  globalThis.htmx?.process(rows);
  cursor = fresh.dataset.cursor;
  known = fresh.dataset.last;
  hasMore = "more" in fresh.dataset;
  settle();
  document.dispatchEvent(new CustomEvent("desk:changed", { detail: { numbers: "all" } }));
}

function rowOf(number) {
  return rows.querySelector(`[data-key="${CSS.escape(number)}"]`);
}

// Put a row where it belongs; returns it when it was not there before.
function put(row) {
  const shown = rowOf(row.dataset.key);
  // Further down than what is known: it comes with the rows around it.
  if (hasMore && row.dataset.sort > known) {
    shown?.remove();
    return null;
  }
  const isWhereItWas = shown?.dataset.sort === row.dataset.sort;
  if (isWhereItWas && desk.isSame(shown, row) && shown.className === row.className) return null;
  const after = [...rows.children].find((other) => other !== shown && other.dataset.sort > row.dataset.sort) ?? null;
  const focused = shown?.contains(document.activeElement) && document.activeElement.localName;
  if (shown && shown.nextElementSibling === after) shown.replaceWith(row);
  else {
    shown?.remove();
    rows.insertBefore(row, after);
  }
  globalThis.htmx?.process(row);
  if (focused) row.querySelector(focused).focus({ preventScroll: true });
  return shown ? null : row;
}

// After rows have come or gone: what the eye and other scripts must know, and whether too few are left.
function settle() {
  const open = document.querySelector("#work[data-number]")?.dataset.number;
  if (open) rowOf(open)?.querySelector(".row-link").setAttribute("aria-current", "true");
  document.getElementById("more")?.toggleAttribute("hidden", true);
  document.dispatchEvent(new Event("desk:rows"));
  desk.tick();
  showPill();
  goOn();
}

// --- The end of the list comes nearer: what follows is fetched before it is reached.
function goOn() {
  const isNear = rows.scrollTop + rows.clientHeight > rows.scrollHeight - NEAR_THE_END;
  if (!hasMore || isFetching || !isNear || !rows.checkVisibility()) return;
  isFetching = true;
  inTurn(fetchMore);
}

async function fetchMore() {
  try {
    const { status, html } = await desk.ask(`${queue.dataset.rows}?${queue.dataset.look}&from=${known}`);
    if (status !== 200) throw new Error(String(status));
    const fresh = desk.parse(html).getElementById("more-rows");
    const added = [...fresh.children];
    known = added.at(-1)?.dataset.sort ?? known;
    hasMore = "more" in fresh.dataset;
    for (const row of added) put(document.adoptNode(row));
    isFetching = false;
    settle();
  } catch {
    // A link says that there is more; scrolling tries again.
    isFetching = false;
    document.getElementById("more")?.toggleAttribute("hidden", false);
  }
}

const countOf = (view) => document.querySelector(`[data-count="${view}"]`)?.textContent;

function setCount(view, words) {
  for (const count of document.querySelectorAll(`[data-count="${view}"]`)) {
    if (count.textContent !== words) count.textContent = words;
    count.classList.toggle("is-none", words === "0");
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
  rows.addEventListener("scroll", goOn, { passive: true });
  addEventListener("resize", goOn);
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
  document.getElementById("more")?.toggleAttribute("hidden", true);
  goOn();
}
