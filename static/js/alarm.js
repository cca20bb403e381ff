// The alarm until somebody claims: sound, title, mark of the tab, notice. What rings is asked for by ear.js; here is what
// becomes of it. `data-alarm` on the root says what rings (off, waiting, urgent), `data-sound` whether it is heard.
const SILENT = { waiting: 60_000, urgent: 30_000 };
const RENEW_EVERY = 15_000;
const MUTED = "alarm-muted";
const SNOOZED = "alarm-snoozed";

const root = document.documentElement;
const settings = document.getElementById("alarm");
const icon = document.querySelector("link[rel=icon]");
const { keep } = sound;

let rings = { waiting: 0, urgent: 0 };
let isDeaf = false;
let isOurs = !navigator.locks;
let isCompeting = false;

const level = () => (rings.urgent ? "urgent" : rings.waiting ? "waiting" : "off");
const isMuted = () => keep.get(MUTED) === "yes";
const isCovered = () => document.getElementById("locked-desk").open;

// Quiet for a moment, in this browser; an emergency that comes meanwhile ends it.
function silentUntil() {
  const [at, urgent] = (keep.get(SNOOZED) ?? "0 0").split(" ").map(Number);
  return rings.urgent > urgent ? 0 : at + (SILENT[level()] ?? 0);
}

function heard() {
  if (isMuted()) return "muted";
  if (!sound.isRunning()) return "blocked";
  if (level() !== "off" && Date.now() < silentUntil()) return "snoozed";
  return isOurs ? "on" : "elsewhere";
}

function show() {
  compete();
  const [now, state] = [level(), heard()];
  if (now !== "off" && state === "on") sound.ring(now);
  else sound.hush();
  root.dataset.alarm = now;
  root.dataset.sound = state;
  showCards(now, state);
  showSound(state);
  showTitle();
  const mark = { off: settings.dataset.mark, waiting: settings.dataset.waiting, urgent: settings.dataset.urgent }[now];
  if (icon.getAttribute("href") !== mark) icon.setAttribute("href", mark);
  const badge = rings.waiting ? navigator.setAppBadge?.(rings.waiting) : navigator.clearAppBadge?.();
  badge?.catch(() => {});
}

function showCards(now, state) {
  const words = [
    rings.urgent && desk.word("ringing-urgent", { number: rings.urgent }),
    rings.waiting && desk.word("ringing", { number: rings.waiting }),
    isDeaf && desk.word("alarm-ended"),
  ].filter(Boolean);
  for (const card of document.querySelectorAll("[data-alarm-card]")) {
    card.hidden = words.length === 0;
    card.classList.toggle("is-urgent", now === "urgent");
    setText(card.querySelector("[data-alarm-words]"), words.join(" · "));
    const button = card.querySelector("[data-alarm-snooze]");
    button.hidden = now === "off" || !["on", "elsewhere"].includes(state);
    setText(button, desk.word("snooze", { seconds: (SILENT[now] ?? 0) / 1000 }));
  }
}

function showSound(state) {
  const words = desk.word(`sound-${state}`);
  const rail = document.getElementById("sound-rail");
  if (rail) {
    // What is blocked is said below, where one press ends it.
    rail.hidden = !["muted", "snoozed"].includes(state);
    setText(rail.querySelector(".rail-word"), words);
  }
  for (const id of ["sound-state", "sound-sign-value"]) setText(document.getElementById(id), words);
  document.getElementById("sound-sign")?.classList.toggle("is-warning", state === "muted" || state === "blocked");
  document.querySelector("[data-sound=mute]")?.setAttribute("aria-pressed", String(state === "muted"));
  const bar = document.getElementById("sound-blocked");
  // Gone only after the press that ends it: nothing may move under a finger.
  setTimeout(() => (bar.hidden = heard() !== "blocked"), 300);
}

function setText(element, words) {
  if (element && element.textContent !== words) element.textContent = words;
}

// On the queue feed.js counts in the title, as long as it is told anything.
function showTitle() {
  if (document.getElementById("queue") && !isCovered()) return;
  const plain = document.title.replace(/^\([\d.]+\) /, "");
  document.title = rings.waiting ? `(${rings.waiting}) ${plain}` : plain;
}

// One tab of a browser rings, the others only show it.
function compete() {
  if (isOurs || isCompeting || !sound.isRunning()) return;
  isCompeting = true;
  navigator.locks.request("alarm", () => {
    isOurs = true;
    show();
    return new Promise(() => {});
  });
}

function notice() {
  if (!document.hidden || globalThis.Notification?.permission !== "granted") return;
  const shown = new Notification(desk.word("alarm-notice"), { tag: "polreswa", icon: settings.dataset.mark });
  shown.addEventListener("click", () => {
    focus();
    shown.close();
  });
}

// --- What rings
let address = settings?.dataset.address;
let ear = null;

function take({ data }) {
  if (data.lost) {
    // What rang goes on ringing: silence must never come from a broken line.
    show();
    return;
  }
  isDeaf = Boolean(data.refused);
  if (isDeaf) renewTicket();
  else {
    const isMore = data.waiting > rings.waiting || data.urgent > rings.urgent;
    rings = { waiting: data.waiting, urgent: data.urgent };
    if (isMore) notice();
  }
  show();
}

const listen = () => ear?.postMessage({ address });

async function renewTicket() {
  try {
    const { status, html } = await desk.ask(location.href);
    const fresh = status === 200 && desk.parse(html).getElementById("alarm")?.dataset.address;
    if (fresh) address = fresh;
  } catch {
    // Asked again with the next refusal.
  }
}

if (settings) {
  ear = new Worker(settings.dataset.ear);
  ear.addEventListener("message", take);
  listen();
  document.addEventListener("desk:changed", listen);
  document.addEventListener("visibilitychange", listen);
  document.addEventListener("sound:changed", show);
  addEventListener("storage", show);
  // A worker whose page is shown again from the browser's memory has slept.
  addEventListener("pageshow", listen);
  show();
}

// --- What people press
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-alarm-snooze]")) {
    keep.set(SNOOZED, `${Date.now()} ${rings.urgent}`);
    setTimeout(show, SILENT[level()] + 100);
    show();
  }
  const button = event.target.closest("[data-sound]");
  if (button?.dataset.sound === "open") {
    button.closest("[popover]")?.hidePopover();
    document.getElementById("sound").showPopover();
  }
  if (button?.dataset.sound === "test") sound.test();
  if (button?.dataset.sound === "mute") keep.set(MUTED, isMuted() ? "no" : "yes");
  if (button?.dataset.sound === "notify") Notification.requestPermission().then(offerNotices);
  if (button && settings) show();
});

const volume = document.getElementById("sound-volume");
if (volume) {
  volume.value = sound.volume();
  volume.addEventListener("change", () => {
    sound.setVolume(Number(volume.value));
    sound.test();
  });
}

function offerNotices() {
  const button = document.querySelector("[data-sound=notify]");
  if (button) button.hidden = globalThis.Notification?.permission !== "default";
}
offerNotices();

// --- What no feed renews: who has been called, and the page about how well the desk hears
async function renew() {
  try {
    const escalated = document.getElementById("escalated");
    if (escalated) await replace(escalated.dataset.again, ["escalated"]);
    if (document.getElementById("hearing-page")) {
      await replace(location.href, ["hearing", "heard"]);
      if (settings) show();
    }
  } catch {
    // The next time.
  }
}

async function replace(from, ids) {
  const { status, html } = await desk.ask(from);
  if (status !== 200) return;
  const page = desk.parse(html);
  for (const id of ids) {
    const [shown, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (shown && fresh && !desk.isSame(shown, fresh)) shown.replaceWith(document.adoptNode(fresh));
  }
  desk.tick();
}

setInterval(renew, RENEW_EVERY);
document.addEventListener("visibilitychange", () => document.hidden || renew());
