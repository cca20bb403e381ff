// The pages of a unit: a new task is heard and felt, the open task stays as it is, and nothing that was filled in is lost.
const EVERY = 10_000;
const list = () => document.getElementById("tasks");
const work = () => document.getElementById("task-work");
const cut = document.getElementById("cut-off");
let isAsking = false;
let failures = 0;

async function ask() {
  if (isAsking) return;
  isAsking = true;
  try {
    if (list()?.dataset.seen) await renewList();
    if (work()?.querySelector("#task-dock")) await renewTask();
    failures = 0;
  } catch {
    failures += 1;
  } finally {
    isAsking = false;
    cut.hidden = failures < 2;
  }
}

// --- The list
async function renewList() {
  const shown = list();
  const query = new URLSearchParams({ seen: shown.dataset.seen, rows: shown.querySelectorAll(".task-row").length });
  const { status, html } = await desk.ask(`${shown.dataset.feed}?${query}`);
  if (![200, 204, 401].includes(status)) throw new Error(String(status));
  const fresh = status === 200 && desk.parse(html).getElementById("tasks");
  if (!fresh || shown !== list()) return;
  const known = new Set(keysOf(shown, ".task-row"));
  const isMore = keysOf(fresh, "[data-new]").some((key) => !known.has(key));
  const focused = shown.contains(document.activeElement) && document.activeElement.getAttribute("href");
  shown.replaceWith(document.adoptNode(fresh));
  globalThis.htmx?.process(fresh);
  if (focused) fresh.querySelector(`a[href="${focused}"]`)?.focus();
  showTitle(Number(fresh.dataset.waiting));
  desk.tick();
  if (isMore) call(fresh);
}

const keysOf = (part, which) => [...part.querySelectorAll(which)].map((row) => row.dataset.key);

// Neither the title nor the notice says what the task is about: a telephone lies where others see it.
function showTitle(waiting) {
  const plain = document.title.replace(/^\(\d+\) /, "");
  document.title = waiting ? `(${waiting}) ${plain}` : plain;
}

function call(fresh) {
  const isUrgent = Boolean(fresh.querySelector(".is-darurat[data-new]"));
  desk.announce(desk.word("new-task"));
  desk.notify(desk.word("new-task"), "news");
  sound.once(isUrgent ? "urgent" : "waiting");
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(isUrgent ? [400, 150, 400, 150, 400] : [300, 150, 300]);
}

// --- One task
const ALWAYS = ["task-state", "own-photos", "task-dock"];

async function renewTask() {
  const shown = work();
  const { status, html } = await desk.ask(`${shown.dataset.again}?seen=${encodeURIComponent(shown.dataset.seen)}`);
  // Over, or somebody else's now: the page of it is another one.
  if (status === 205 || status === 404) location.reload();
  else if (status === 200 && shown === work()) take(desk.parse(html).getElementById("task-work"));
  else if (![200, 204, 401].includes(status)) throw new Error(String(status));
}

// Also for what the upload of a photo brings.
desk.takeTask = take;

function take(fresh) {
  const shown = work();
  if (!fresh || !shown) return;
  if (!isUsed()) {
    shown.replaceWith(document.adoptNode(fresh));
    globalThis.htmx?.process(fresh);
  } else {
    for (const id of ALWAYS) {
      const [before, after] = [document.getElementById(id), fresh.querySelector(`#${id}`)];
      if (!before || !after || desk.isSame(before, after)) continue;
      before.replaceWith(document.adoptNode(after));
      globalThis.htmx?.process(after);
    }
    shown.dataset.seen = fresh.dataset.seen;
  }
  desk.tick();
}

function isUsed() {
  const ends = document.getElementById("task-ends");
  if (!ends) return false;
  const isWritten = [...ends.querySelectorAll("textarea")].some((field) => field.value);
  const isBegun = Boolean(ends.querySelector(":checked, #photo-queue li, #give-back[open]"));
  return isWritten || isBegun || ends.contains(document.activeElement);
}

// --- What htmx sends. A session that has ended answers with the login, which is no part of this page.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!new URL(event.detail.xhr.responseURL || location.href, location.href).pathname.startsWith("/accounts/")) return;
  event.detail.shouldSwap = false;
  desk.cover(true);
});
document.addEventListener("htmx:afterSwap", (event) => {
  desk.tick();
  if (event.detail.xhr.status >= 400) document.querySelector("#task-work [role=alert]")?.scrollIntoView({ block: "center" });
});
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => desk.notify(desk.word("not-sent")));
}
document.addEventListener("htmx:responseError", (event) => {
  desk.notify(desk.word(event.detail.xhr.status === 403 ? "out-of-date" : "went-wrong"));
});

setInterval(ask, EVERY);
document.addEventListener("visibilitychange", () => document.hidden || ask());
addEventListener("online", ask);
addEventListener("pageshow", (event) => event.persisted && ask());
