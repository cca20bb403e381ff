// The open report: keeps it fresh without touching what somebody writes, and helps with writing.
const work = () => document.querySelector("#work[data-number]");
const number = () => work()?.dataset.number;
const text = () => document.getElementById("reply-text");

// --- Renewing the parts that change by themselves
let isStale = false;
let isRenewing = false;

async function renew() {
  isStale = true;
  // Only before somebody's eyes: opening counts as reading.
  if (document.hidden || isRenewing) return;
  isRenewing = true;
  try {
    while (isStale && work()) {
      isStale = false;
      const shown = work();
      const { status, html } = await desk.ask(shown.dataset.live);
      // What htmx has drawn meanwhile is newer than what was asked for before it.
      if (shown !== work()) {
        isStale = true;
        continue;
      }
      if (status === 200) replaceParts(desk.parse(html));
      else if (status === 404 || status === 403) noMore();
    }
  } catch {
    isStale = true;
    setTimeout(renew, 3_000);
  } finally {
    isRenewing = false;
  }
}

function replaceParts(fresh) {
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const shown = document.getElementById(part.id);
    // A part inside another one comes with it.
    if (!shown || part.parentElement?.closest("[data-part]")) continue;
    if (part.dataset.part === "keyed") replaceLines(shown, part);
    else if (part.dataset.part !== "unless-used" || !isUsed(shown)) replacePart(shown, part);
  }
  count();
  desk.tick();
  document.dispatchEvent(new Event("desk:renewed"));
}

function isUsed(part) {
  return Boolean(part.querySelector("details[open]"));
}

function replacePart(shown, part) {
  if (desk.isSame(shown, part)) return;
  const focused = shown.contains(document.activeElement) ? address(document.activeElement) : null;
  const shut = [...shown.querySelectorAll("details:not([open])")].map((details) => details.id);
  const node = document.adoptNode(part);
  for (const id of shut) node.querySelector(`#${id}`)?.removeAttribute("open");
  shown.replaceWith(node);
  globalThis.htmx?.process(node);
  if (focused) (node.querySelector(focused) ?? node.querySelector("button, a"))?.focus();
}

function address(element) {
  if (element.id) return `#${element.id}`;
  const href = element.getAttribute("href");
  return href ? `a[href="${href}"]` : element.localName;
}

function replaceLines(shown, part) {
  const scroller = document.getElementById("talk");
  const wasAtEnd = isAtEnd(scroller);
  const fromEnd = scroller.scrollHeight + scroller.scrollTop;
  const added = desk.reconcile(shown, part);
  globalThis.htmx?.process(shown);
  // The lines grow at the lower end: what is being read above it stays where it is.
  if (!wasAtEnd) scroller.scrollTop = fromEnd - scroller.scrollHeight;
  if (added.some((line) => line.matches(".is-citizen"))) {
    desk.announce(desk.word("arrived-message"));
    document.getElementById("newer").hidden = wasAtEnd;
  }
}

// The list is laid out from its end: 0 is the end, and further up is negative.
function isAtEnd(scroller) {
  return scroller.scrollTop > -40;
}

function noMore() {
  const gone = document.createElement("p");
  gone.className = "empty";
  gone.textContent = desk.word("no-more");
  work().replaceChildren(gone);
  delete work().dataset.number;
}

document.addEventListener("desk:changed", (event) => {
  if (event.detail.numbers === "all" || event.detail.numbers.includes(number())) renew();
});
document.addEventListener("desk:window-over", renew);
document.addEventListener("visibilitychange", () => isStale && renew());

// --- Writing. What is typed is kept by drafts.js.
function count() {
  const counter = document.querySelector(".composer-count");
  if (!counter || !text()) return;
  const [used, limit] = [[...text().value].length, Number(counter.dataset.limit)];
  const figures = new Intl.NumberFormat(document.documentElement.lang);
  counter.textContent = `${figures.format(used)} / ${figures.format(limit)}`;
  counter.classList.toggle("is-near", used > limit - 100);
  counter.classList.toggle("is-over", used > limit);
}

function opened() {
  count();
  document.querySelector("#dock .alert")?.focus();
  for (const row of document.querySelectorAll(".row-link")) {
    const isOpen = row.closest(".row").dataset.key === number();
    if (isOpen) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

document.addEventListener("input", (event) => {
  if (event.target === text()) count();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("#composer textarea, .closing textarea")) {
    event.preventDefault();
    if (event.target.form.querySelector("[type=submit]")) event.target.form.requestSubmit();
  }
  if (event.key === "Escape" && event.target.closest?.(".closing[open]")) shut(event.target.closest(".closing"));
});

function shut(details) {
  details.open = false;
  const openers = [...document.querySelectorAll(`[data-opens="${details.id}"]`)];
  openers.find((opener) => opener.checkVisibility())?.focus();
}

// A new tab or window is the browser's business, not htmx's.
document.addEventListener(
  "click",
  (event) => {
    if (event.target.closest(".row-link") && (event.ctrlKey || event.metaKey || event.shiftKey)) event.stopPropagation();
  },
  true,
);

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    event.preventDefault();
    const details = document.getElementById(opener.dataset.opens);
    const drawer = opener.closest("[popover]:popover-open");
    drawer?.hidePopover();
    details.open = true;
    details.querySelector("select, textarea, input:not([type=hidden])").focus();
  }
  const shutter = event.target.closest("[data-shuts]");
  if (shutter) shut(document.getElementById(shutter.dataset.shuts));
  if (event.target.closest(".next-reply")) {
    event.preventDefault();
    text().focus();
  }
  const copier = event.target.closest("[data-copies]");
  if (copier && text()) {
    const words = copier.closest(".bubble").querySelector(".bubble-text").textContent;
    text().value = text().value ? `${text().value}\n${words}` : words;
    text().dispatchEvent(new Event("input", { bubbles: true }));
    text().focus();
  }
  if (event.target.closest("#newer")) {
    document.getElementById("talk").scrollTo({ top: 0, behavior: "smooth" });
    document.getElementById("newer").hidden = true;
  }
});

document.addEventListener(
  "scroll",
  (event) => {
    if (event.target.id === "talk" && isAtEnd(event.target)) document.getElementById("newer").hidden = true;
  },
  true,
);

// --- What htmx brings
let readingFrom = null;

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id !== "work") return;
  const path = event.detail.requestConfig.path;
  const scroller = document.getElementById("talk");
  const staysOpen = scroller && path.includes(`/${number()}/`) && !path.includes("/reply/");
  readingFrom = staysOpen && !isAtEnd(scroller) ? scroller.scrollTop : null;
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "work") return;
  opened();
  const path = event.detail.requestConfig.path;
  if (readingFrom !== null) document.getElementById("talk").scrollTop = readingFrom;
  if (event.detail.xhr.status === 200 && /\/(claim|reply)\//.test(path) && matchMedia("(pointer: fine)").matches) {
    text()?.focus();
  }
  if (event.detail.xhr.status === 422) document.querySelector("#dock [aria-invalid=true]")?.focus();
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => desk.notify(desk.word("not-sent")));
}
document.addEventListener("htmx:responseError", (event) => {
  desk.notify(desk.word(event.detail.xhr.status === 403 ? "out-of-date" : "went-wrong"));
});

opened();
