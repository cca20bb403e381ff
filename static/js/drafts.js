// What somebody is writing: kept on the server after a pause, so that it is there on any browser and whatever becomes of
// the report meanwhile. While the server cannot be reached it is kept here and tried again.
const PAUSE = 800;
const SLOWEST = 30_000;
const GIVEN_UP = [404, 422];

// By report and kind. `isUnsaved`: the server does not have `text` yet.
const begun = new Map();
const work = () => document.querySelector("#work[data-number]");
const keyOf = (field) => `${work().dataset.number} ${field.dataset.draft}`;

document.addEventListener("input", ({ target }) => {
  if (!work() || !target.matches?.("#work [data-draft]")) return;
  const key = keyOf(target);
  const draft = begun.get(key) ?? { address: work().dataset.drafts, kind: target.dataset.draft, failures: 0, keptAt: 0 };
  begun.set(key, draft);
  draft.text = target.value;
  draft.isUnsaved = true;
  if (!draft.failures) saveAfter(draft, PAUSE);
});

// --- Saving, one at a time, so that the last one written is the last one kept
function saveAfter(draft, pause) {
  clearTimeout(draft.timer);
  draft.timer = setTimeout(save, pause, draft);
}

async function save(draft) {
  clearTimeout(draft.timer);
  if (draft.isSaving || !draft.isUnsaved) return;
  draft.isSaving = true;
  draft.isUnsaved = false;
  try {
    const { ok, status } = await send(draft, AbortSignal.timeout(10_000));
    if (!ok && !GIVEN_UP.includes(status)) throw new Error(String(status));
    draft.failures = 0;
    draft.keptAt = performance.now();
  } catch {
    draft.failures += 1;
    draft.isUnsaved = true;
  }
  draft.isSaving = false;
  if (draft.isUnsaved) saveAfter(draft, draft.failures ? Math.min(PAUSE * 2 ** draft.failures, SLOWEST) : PAUSE);
}

// Finishes even when the page is left meanwhile.
function send(draft, signal) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  return fetch(draft.address, {
    method: "POST",
    body: new URLSearchParams({ kind: draft.kind, text: draft.text }),
    headers: { "X-CSRFToken": token },
    redirect: "manual",
    keepalive: true,
    signal,
  });
}

function saveAll() {
  for (const draft of begun.values()) save(draft);
}

addEventListener("online", saveAll);
document.addEventListener("visibilitychange", () => document.hidden && saveAll());
addEventListener("pagehide", () => {
  for (const draft of begun.values()) {
    if (draft.isUnsaved) send(draft).catch(() => {});
  }
});
addEventListener("beforeunload", (event) => {
  if ([...begun.values()].some((draft) => draft.isUnsaved && draft.failures)) event.preventDefault();
});

// --- When htmx brings the report anew, or another one
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.target?.id !== "work") return;
  detail.requestConfig.askedAt = performance.now();
  const going = fieldOf(detail.requestConfig);
  for (const draft of begun.values()) {
    // What is being sent is not also saved: arriving later, it would come back as a draft.
    if (going && draft === begun.get(keyOf(going))) clearTimeout(draft.timer);
    else save(draft);
  }
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const gone = detail.target?.id === "work" && detail.xhr.status === 200 && work() && fieldOf(detail.requestConfig);
  const draft = gone && begun.get(keyOf(gone));
  if (!draft) return;
  clearTimeout(draft.timer);
  draft.text = "";
  // A copy of it may still be on its way: it is followed by word that there is nothing left.
  draft.isUnsaved = Boolean(draft.isSaving);
  draft.keptAt = performance.now();
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target?.id !== "work" || !work()) return;
  for (const field of document.querySelectorAll("#work [data-draft]")) restore(field, detail.requestConfig.askedAt);
});

for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(name, saveAll);

// The server has drawn what it knew when it was asked: what was written or kept since is newer.
function restore(field, askedAt) {
  const draft = begun.get(keyOf(field));
  if (!draft) return;
  if (draft.isUnsaved || draft.isSaving || draft.keptAt > askedAt) field.value = draft.text;
  else begun.delete(keyOf(field));
  if (draft.isUnsaved) saveAfter(draft, PAUSE);
}

// The field whose words this request sends to stay.
function fieldOf({ elt, verb }) {
  return verb === "post" && elt.matches("form") ? elt.querySelector("[data-draft]") : null;
}
