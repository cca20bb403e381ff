// Looking closely at a picture: larger, smaller, turned, moved; by mouse, finger and keys.
const dialog = document.getElementById("viewer");
const image = document.getElementById("viewer-image");
const stage = document.getElementById("viewer-stage");
const LARGEST = 8;
const STEP = 1.4;
const MOVE = 80;
const fingers = new Map();
let view = {};

function open(link) {
  image.removeAttribute("src");
  image.alt = document.getElementById("viewer-title").textContent = link.dataset.views;
  image.src = link.href;
  // Shown first: what is not laid out has no size to fit a picture into.
  dialog.showModal();
  show({ scale: 1, turns: 0, x: 0, y: 0 });
  stage.focus();
}

function show(changes) {
  view = { ...view, ...changes };
  view.scale = Math.min(LARGEST, Math.max(1, view.scale));
  if (view.scale === 1) view.x = view.y = 0;
  // Lying on its side, a picture that filled the stage must be fitted anew.
  const { clientWidth: width, clientHeight: height } = stage;
  const isLying = view.turns % 2 !== 0;
  image.style.maxWidth = `${isLying ? height : width}px`;
  image.style.maxHeight = `${isLying ? width : height}px`;
  const reach = [width * (view.scale - 1), height * (view.scale - 1)].map((span) => span / 2 + MOVE);
  view.x = Math.min(reach[0], Math.max(-reach[0], view.x));
  view.y = Math.min(reach[1], Math.max(-reach[1], view.y));
  image.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale}) rotate(${view.turns * 90}deg)`;
  stage.classList.toggle("is-large", view.scale > 1);
  const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
  document.getElementById("viewer-scale").textContent = percent.format(view.scale);
}

const actions = {
  in: () => show({ scale: view.scale * STEP }),
  out: () => show({ scale: view.scale / STEP }),
  fit: () => show({ scale: 1 }),
  left: () => show({ turns: view.turns - 1 }),
  right: () => show({ turns: view.turns + 1 }),
  shut: () => dialog.close(),
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-views]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link);
});

if (dialog) {
  dialog.addEventListener("click", (event) => actions[event.target.closest("[data-view]")?.dataset.view]?.());
  dialog.addEventListener("close", () => image.removeAttribute("src"));
  addEventListener("resize", () => dialog.open && show({}));
  stage.addEventListener("dblclick", () => show({ scale: view.scale > 1 ? 1 : 2 }));
  stage.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      show({ scale: view.scale * (event.deltaY < 0 ? 1.15 : 1 / 1.15) });
    },
    { passive: false },
  );
  stage.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!way) return;
    event.preventDefault();
    show({ x: view.x + way[0] * MOVE, y: view.y + way[1] * MOVE });
  });
  stage.addEventListener("pointerdown", (event) => {
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
  });
  stage.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = [event.clientX, event.clientY];
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, now);
    if (other) show({ scale: (view.scale * apart(now, other)) / (apart(before, other) || 1) });
    else show({ x: view.x + now[0] - before[0], y: view.y + now[1] - before[1] });
  });
  for (const name of ["pointerup", "pointercancel"]) {
    stage.addEventListener(name, (event) => fingers.delete(event.pointerId));
  }
}

function apart(one, other) {
  return Math.hypot(one[0] - other[0], one[1] - other[1]);
}
