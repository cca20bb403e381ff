// Who else has the open report before their eyes, and who writes on it. Travels with the questions of the feed.
const STILL_WRITING = 5_000;
const work = () => document.querySelector("#work[data-number]");

let written = { number: "", at: 0 };

document.addEventListener("input", ({ target }) => {
  if (work() && target.matches?.("#work [data-draft]")) written = { number: work().dataset.number, at: Date.now() };
});

desk.presence = {
  // Adds to the question where this person is. A page that nobody sees is nowhere.
  ask(query) {
    const number = work()?.dataset.number;
    if (!number || document.hidden) return;
    query.set("report", number);
    query.set("saw", document.getElementById("presence")?.dataset.saw ?? "");
    if (written.number === number && Date.now() - written.at < STILL_WRITING) query.set("writing", "1");
  },

  // The element stays and its children change: so a screen reader is told.
  take(feed) {
    const [fresh, shown] = [feed.querySelector("#presence"), document.getElementById("presence")];
    if (!fresh || !shown || fresh.dataset.number !== shown.dataset.number) return;
    shown.dataset.saw = fresh.dataset.saw;
    shown.replaceChildren(...[...fresh.children].map((child) => document.adoptNode(child)));
  },
};
