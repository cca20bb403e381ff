/* Everything the page asks of the simulator. Failures come back as a sentence to show. */

export class Refused extends Error {}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { cache: "no-store", ...options });
  } catch {
    throw new Refused("Simulator tidak menjawab. Coba lagi sebentar.");
  }
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(sentence(answer));
  return answer;
}

function sentence(answer) {
  const errors = Object.values(answer.errors ?? {}).flat();
  return errors.map((error) => error.message).join(" ") || "Permintaan ditolak simulator.";
}

function post(path, fields) {
  return ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(fields),
  });
}

export const directory = () => ask("/phones/");
export const feed = (cursor) => ask(`/feed?after=${cursor}`);
export const send = (slug, fields) => post(`/phones/${slug}/messages`, fields);
export const resend = (message) => post(`/phones/${message.phone}/messages/${message.sid}/resend`, {});
export const read = (slug, line) => post(`/phones/${slug}/read`, { line });
export const setClock = (slug, hours) => post(`/phones/${slug}/clock`, { hours });
export const setReach = (slug, unreachable) => post(`/phones/${slug}/reach`, { unreachable });
export const switches = () => ask("/switches/");
export const turn = (changes) => post("/switches/", changes);
export const allOff = () => ask("/switches/", { method: "DELETE" });
export const playDemoDay = () => post("/demo-day", {});

export function sendFiles(slug, fields, files) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const file of files) form.append("file", file);
  return ask(`/phones/${slug}/messages`, { method: "POST", body: form });
}
