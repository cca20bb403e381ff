// Keeps every <time data-clock> saying what operators/desk/times.py would say now, with the patterns it gave the page.
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SHOWN_BELOW = 6 * 60 * MINUTE;

// The server's clock counts: the one of this machine may be wrong.
const ahead = Date.parse(document.querySelector(".frame").dataset.now) - Date.now();
const rightNow = () => Date.now() + ahead;

function duration(length) {
  const all = Math.max(0, Math.floor(length / MINUTE));
  const [hours, minutes] = [Math.floor(all / 60), all % 60];
  const pattern = hours ? (minutes ? "both" : "hours") : minutes ? "minutes" : "moment";
  return desk.word(pattern, { hours, minutes });
}

// A target: how long it is still to go, or for how long it has been missed.
function due(at, now) {
  const length = Math.abs(at - now);
  const days = Math.floor(length / DAY);
  const time = days ? desk.word("days", { days }) : duration(length);
  return desk.word(at > now ? "due" : "overdue", { time });
}

function wordsOf(time, at, now) {
  if (time.dataset.clock === "due") return due(at, now);
  if (time.dataset.clock === "until") return duration(at - now);
  return now - at < DAY ? duration(now - at) : time.dataset.then;
}

function tick() {
  const now = rightNow();
  for (const time of document.querySelectorAll("time[data-clock]")) {
    if (!time.dataset.clock) continue;
    const at = Date.parse(time.dateTime);
    const words = wordsOf(time, at, now);
    if (time.textContent !== words) time.textContent = words;
    time.title ||= time.dataset.then;
    if (time.dataset.clock === "due") time.closest("[data-due]")?.classList.toggle("is-overdue", at <= now);
  }
  for (const left of document.querySelectorAll("[data-window]")) {
    const time = left.querySelector("time");
    if (!time) continue;
    const length = Date.parse(time.dateTime) - now;
    left.hidden = length >= SHOWN_BELOW;
    if (length <= 0) {
      left.classList.add("is-over");
      time.replaceWith(desk.word("window-over"));
    }
  }
  const until = document.querySelector("#composer-foot[data-may-reply=yes] time[data-clock=until]");
  if (until && Date.parse(until.dateTime) <= now) document.dispatchEvent(new Event("desk:window-over"));
}

desk.tick = tick;
tick();
setInterval(tick, 10_000);
document.addEventListener("visibilitychange", tick);
document.addEventListener("htmx:afterSwap", tick);
