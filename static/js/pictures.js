// Pictures beside the answer: chosen, dropped or pasted; taken away again. The server makes them clean and draws the strip.
const LARGEST = 16 * 1024 * 1024;
const strip = () => document.getElementById("composer-pictures");
const talk = () => strip()?.closest(".talk");
let isBusy = false;

async function attach(file) {
  if (!strip() || isBusy) return;
  if (strip().dataset.takes !== "yes") return desk.notify(desk.word("picture-no-way"));
  if (file.size > LARGEST) return desk.notify(desk.word("picture-too-large"));
  await send(strip().dataset.attaches, { picture: file });
}

async function send(path, fields) {
  const before = strip();
  const body = new FormData();
  body.append("csrfmiddlewaretoken", before.closest("form").querySelector("[name=csrfmiddlewaretoken]").value);
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  busy(before, true);
  try {
    const answer = await fetch(path, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(120_000) });
    if (answer.type === "opaqueredirect") desk.cover(true);
    else if (answer.ok || answer.status === 409) replace(before, await answer.text());
    else desk.notify(desk.word(answer.status === 403 ? "out-of-date" : "picture-not-attached"));
  } catch {
    desk.notify(desk.word("picture-not-attached"));
  } finally {
    busy(before, false);
  }
}

// Another report may have been opened meanwhile: its strip is another one, and the picture waits on its own.
function replace(before, html) {
  const fresh = desk.parse(html).getElementById("composer-pictures");
  const shown = strip();
  if (!fresh || shown?.dataset.attaches !== before.dataset.attaches) return;
  const hadFocus = shown.contains(document.activeElement);
  shown.replaceWith(document.adoptNode(fresh));
  globalThis.htmx?.process(fresh);
  if (hadFocus) document.getElementById("reply-text")?.focus();
}

function busy(where, is) {
  isBusy = is;
  const words = where.querySelector(".with-answer-busy");
  words.hidden = !is;
  words.textContent = is ? desk.word("picture-under-way") : "";
}

// For whatever else brings a picture, such as a canned reply: posts, and draws the strip anew.
desk.postToStrip = (path, fields) => send(path, fields);

document.addEventListener("click", (event) => {
  const picker = event.target.closest("[data-picks]");
  if (picker) document.getElementById(picker.dataset.picks)?.click();
  const remover = event.target.closest("[data-removes]");
  if (remover && !isBusy) send(remover.dataset.removes, {});
});

document.addEventListener("change", (event) => {
  if (event.target.id !== "picture-file" || !event.target.files.length) return;
  attach(event.target.files[0]);
  event.target.value = "";
});

document.addEventListener("paste", (event) => {
  const [file] = event.clipboardData?.files ?? [];
  // What comes with text was meant as text: word processors add a picture of it.
  if (event.target.id !== "reply-text" || !file || event.clipboardData.types.includes("text/plain")) return;
  event.preventDefault();
  attach(file);
});

// A file that misses its mark would replace the page, and whatever is being written on it.
for (const name of ["dragover", "drop"]) {
  document.addEventListener(name, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    const isHere = Boolean(talk()?.contains(event.target));
    event.dataTransfer.dropEffect = isHere ? "copy" : "none";
    talk()?.classList.toggle("is-dropping", isHere && name === "dragover");
    if (isHere && name === "drop" && event.dataTransfer.files.length) attach(event.dataTransfer.files[0]);
  });
}
document.addEventListener("dragleave", (event) => {
  if (!talk()?.contains(event.relatedTarget)) talk()?.classList.remove("is-dropping");
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (!isBusy || event.detail.elt.id !== "composer") return;
  event.preventDefault();
  desk.notify(desk.word("picture-under-way"));
});
