// What the other scripts of the desk share: words, notices, asking the server, and changing a list where it changed.
const desk = (globalThis.desk = {});

desk.word = (name, values = {}) => {
  const pattern = document.querySelector(`#words [data-word="${name}"]`)?.textContent ?? "";
  return pattern.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
};

desk.announce = (words) => {
  document.getElementById("announcer").textContent = words;
};

desk.notify = (words, tone = "trouble") => {
  const notice = document.createElement("p");
  notice.className = `notice is-${tone}`;
  notice.textContent = words;
  document.getElementById("notices").replaceChildren(notice);
  setTimeout(() => notice.remove(), 12_000);
};

for (const notice of document.querySelectorAll("#notices .notice")) {
  setTimeout(() => notice.remove(), 8_000);
}

// What the page asks by itself. The header tells the server that nobody pressed anything: an unattended desk is not
// kept awake. A session that has ended answers with a redirect to the login.
desk.ask = async (address) => {
  const answer = await fetch(address, {
    headers: { "X-By-Itself": "1" },
    redirect: "manual",
    signal: AbortSignal.timeout(10_000),
  });
  const isOver = answer.type === "opaqueredirect";
  desk.cover(isOver);
  return { status: isOver ? 401 : answer.status, html: isOver ? "" : await answer.text() };
};

desk.parse = (html) => new DOMParser().parseFromString(html, "text/html");

// Covered while the session is over; uncovered, with everything that was being written, once somebody has logged in
// again in another tab. Somebody else than before gets a page of their own.
desk.cover = (isOver) => {
  const cover = document.getElementById("locked-desk");
  if (isOver && !cover.open) {
    cover.showModal();
    cover.addEventListener("cancel", (event) => event.preventDefault());
  }
  if (!isOver && cover.open) goOn(cover);
};

async function goOn(cover) {
  cover.close();
  const frame = document.querySelector(".frame");
  const page = desk.parse(await (await fetch(location.href)).text());
  if (page.querySelector(".frame")?.dataset.operator !== frame.dataset.operator) {
    location.reload();
    return;
  }
  const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
}

// Make the children of `list` like those of `fresh`, by their keys, touching only what differs.
// Returns the children that were not there before.
desk.reconcile = (list, fresh) => {
  const before = new Map([...list.children].map((child) => [child.dataset.key, child]));
  const added = [];
  let place = list.firstElementChild;
  for (const child of [...fresh.children]) {
    const known = before.get(child.dataset.key);
    before.delete(child.dataset.key);
    if (known && desk.isSame(known, child)) {
      if (known === place) place = place.nextElementSibling;
      else list.insertBefore(known, place);
      continue;
    }
    if (!known) added.push(child);
    if (known === place) place = place?.nextElementSibling ?? null;
    known?.remove();
    list.insertBefore(document.adoptNode(child), place);
  }
  for (const child of before.values()) child.remove();
  return added;
};

// Whether two elements say the same. A clock that has gone on since it was drawn is no difference.
desk.isSame = (one, other) => timeless(one) === timeless(other);

function timeless(element) {
  const copy = element.cloneNode(true);
  for (const time of copy.querySelectorAll("time")) time.textContent = "";
  for (const token of copy.querySelectorAll("[name=csrfmiddlewaretoken]")) token.remove();
  for (const chosen of copy.querySelectorAll("[aria-current]")) chosen.removeAttribute("aria-current");
  return copy.innerHTML.replace(/\s+/g, " ");
}
