// Photos from the field go up one by one as they are taken: on a thin line one that fails is sent again, not all of them.
const LARGEST = 16 * 1024 * 1024;
const form = () => document.getElementById("finish-form");
const lines = () => document.getElementById("photo-queue");
const queue = [];
let isSending = false;
let number = 0;

function put(file) {
  const line = document.createElement("li");
  line.append(document.createElement("span"));
  number += 1;
  const photo = { file, line, name: desk.word("photo", { number }), isStuck: file.size > LARGEST };
  lines().append(line);
  say(photo, photo.isStuck ? "photo-too-large" : "photo-waits");
  queue.push(photo);
  send();
}

function say(photo, word, words = desk.word(word)) {
  photo.line.replaceChildren(document.createElement("span"));
  photo.line.firstChild.textContent = `${photo.name}: ${words}`;
  photo.line.classList.toggle("is-stuck", photo.isStuck);
  if (!photo.isStuck) return;
  if (word === "photo-failed") button(photo, "photo-again", () => retry(photo));
  button(photo, "photo-drop", () => drop(photo));
}

function button(photo, word, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button is-small";
  made.textContent = desk.word(word);
  made.addEventListener("click", press);
  photo.line.append(made);
}

function retry(photo) {
  photo.isStuck = false;
  say(photo, "photo-waits");
  send();
}

function drop(photo) {
  queue.splice(queue.indexOf(photo), 1);
  photo.line.remove();
}

async function send() {
  const photo = queue.find((one) => !one.isStuck);
  if (!photo || isSending || !form()) return;
  isSending = true;
  say(photo, "photo-under-way");
  try {
    await post(photo);
  } catch {
    photo.isStuck = true;
    say(photo, "photo-failed");
  } finally {
    isSending = false;
    send();
  }
}

async function post(photo) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form().querySelector("[name=csrfmiddlewaretoken]").value);
  body.append("photo", photo.file);
  const answer = await fetch(form().dataset.uploads, {
    method: "POST", body, redirect: "manual", headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(180_000),
  });
  if (answer.type === "opaqueredirect") desk.cover(true);
  // The task has ended meanwhile: its page is another one now.
  if (answer.headers.has("HX-Redirect")) location.reload();
  if (answer.status === 422) refuse(photo, desk.parse(await answer.text()));
  else if (answer.ok) taken(photo, desk.parse(await answer.text()));
  else throw new Error(String(answer.status));
}

function refuse(photo, page) {
  photo.isStuck = true;
  say(photo, "", page.querySelector("#photo-wrong")?.textContent.trim() || desk.word("went-wrong"));
}

function taken(photo, page) {
  desk.takeTask(page.getElementById("task-work"));
  drop(photo);
}

document.addEventListener("change", (event) => {
  if (event.target.id !== "photo") return;
  for (const file of [...event.target.files]) put(file);
  // What goes up by itself does not go with the form as well.
  event.target.value = "";
});

function hold(event) {
  if (event.target.id !== "finish-form" || !queue.length) return;
  event.preventDefault();
  desk.notify(desk.word("photos-first"));
}
document.addEventListener("htmx:confirm", hold);
