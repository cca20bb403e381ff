/* The panel of switches. A counter that runs down is seen running down. */

import * as api from "./api.js";
import { current, state } from "./state.js";

const form = document.getElementById("switches");
const error = document.getElementById("switches-error");
const hours = document.getElementById("hours");
const unreachable = document.getElementById("unreachable");
const demoButton = document.getElementById("demo-day");
const demoResult = document.getElementById("demo-result");
const REFRESH = 3000;

function show(values) {
  error.hidden = true;
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements[name];
    if (!field || field === document.activeElement) continue;
    if (field.type === "checkbox") field.checked = value;
    else field.value = value;
    field.classList.toggle("is-on", name !== "stall_seconds" && Boolean(value));
  }
}

function complain(problem) {
  error.textContent = problem.message;
  error.hidden = false;
}

form.addEventListener("change", async ({ target }) => {
  const value = target.type === "checkbox" ? target.checked : Number(target.value || 0);
  target.classList.toggle("is-on", target.name !== "stall_seconds" && Boolean(value));
  await api.turn({ [target.name]: value }).then(show, complain);
});
form.addEventListener("submit", (event) => event.preventDefault());

document.getElementById("all-off").addEventListener("click", async () => {
  await api.allOff().then(show, complain);
  for (const citizen of state.citizens.values()) Object.assign(citizen, { hours_ahead: 0, is_unreachable: false });
  showTelephone();
});

/** The switches of the open telephone alone. */
export function showTelephone() {
  hours.value = current()?.hours_ahead ?? 0;
  hours.classList.toggle("is-on", Number(hours.value) > 0);
  unreachable.checked = current()?.is_unreachable ?? false;
  unreachable.classList.toggle("is-on", unreachable.checked);
}

hours.addEventListener("change", async () => {
  const citizen = current();
  await api.setClock(citizen.slug, Number(hours.value || 0)).then((changed) => {
    citizen.hours_ahead = changed.hours_ahead;
    showTelephone();
  }, complain);
});

unreachable.addEventListener("change", async () => {
  const citizen = current();
  await api.setReach(citizen.slug, unreachable.checked).then((changed) => {
    citizen.is_unreachable = changed.is_unreachable;
    showTelephone();
  }, complain);
});

demoButton.addEventListener("click", async () => {
  demoButton.disabled = true;
  demoResult.textContent = "Sedang diputar …";
  try {
    const day = await api.playDemoDay();
    const words = day.posted
      ? `${day.posted} pesan dikirim, ${day.accepted} diterima meja.`
      : `Hari demo sudah diputar: ${day.accepted_in_all} dari ${day.messages} diterima meja.`;
    demoResult.textContent = words;
  } catch (problem) {
    demoResult.textContent = problem.message;
  }
  demoButton.disabled = false;
});

export async function followSwitches() {
  if (document.visibilityState === "visible") await api.switches().then(show, () => {});
  setTimeout(followSwitches, REFRESH);
}
