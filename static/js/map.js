// The small map: the villages of the station, landmarks, the place of the incident and where the reporter is.
// Drawn by Leaflet, which is fetched when the first report is opened; what it draws is asked for once a page.
const frame = () => document.getElementById("map-frame");
const facts = () => document.getElementById("map-facts");
let map = null;
let drawn = null;
let shownFor = "";
let pin = null;
let reporter = null;
let several = [];
let villages = [];

const library = once(async (canvas) => {
  const style = document.createElement("link");
  Object.assign(style, { rel: "stylesheet", href: canvas.dataset.style });
  const script = document.createElement("script");
  script.src = canvas.dataset.script;
  const loaded = [style, script].map((element) => new Promise((done, failed) => Object.assign(element, { onload: done, onerror: failed })));
  document.head.append(style, script);
  await Promise.all(loaded);
});

const outlines = once(async (canvas) => {
  const { status, html } = await desk.ask(canvas.dataset.outlines);
  if (status !== 200) throw new Error(String(status));
  return JSON.parse(html);
});

// What failed is tried again by whoever asks next.
function once(make) {
  let made = null;
  return (...given) => (made ??= make(...given).catch((error) => {
    made = null;
    throw error;
  }));
}

async function draw() {
  // Without an id of its own: htmx would give the new element the style and the classes of the old one for a moment.
  const canvas = frame()?.querySelector(".map");
  if (!canvas?.dataset.script) return;
  try {
    await library(canvas);
    const data = await outlines(canvas);
    if (!canvas.isConnected) return;
    if (drawn !== canvas) begin(canvas, data);
    update();
  } catch {
    // No map: the words and figures beside it say the same.
  }
}

function begin(canvas, data) {
  frame().hidden = false;
  map?.remove();
  [drawn, pin, reporter, several, shownFor] = [canvas, null, null, [], ""];
  map = L.map(canvas, { attributionControl: false, zoomSnap: 0.25, fadeAnimation: false, keyboard: true, maxZoom: 18 });
  if (canvas.dataset.tiles) {
    L.tileLayer(canvas.dataset.tiles, { maxZoom: 18, referrerPolicy: "no-referrer" }).addTo(map);
    canvas.classList.add("has-tiles");
  }
  villages = data.areas.map((area) => ({ ...area, shape: shapeOf(area).addTo(map) }));
  for (const landmark of data.landmarks) {
    L.circleMarker(landmark.at, { radius: 3, className: "map-landmark" }).bindTooltip(textOf(landmark.name)).addTo(map);
  }
  map.setView([-7.4, 111], 10);
  if (canvas.dataset.mayPlace) map.on("click", ({ latlng }) => propose(latlng));
  // The drawer or a narrow window gives the map its size late.
  new ResizeObserver(() => {
    if (!canvas.isConnected || map?.getContainer() !== canvas) return;
    map.invalidateSize({ animate: false });
    if (canvas.clientWidth) look();
  }).observe(canvas);
}

function shapeOf(area) {
  const style = { className: "map-area", weight: 1 };
  const shape = area.outline
    ? L.polygon(area.outline.map((ring) => ring.map(([longitude, latitude]) => [latitude, longitude])), style)
    : L.circle(area.at, { ...style, radius: area.radius });
  return shape.bindTooltip(textOf(area.name), { sticky: true, direction: "top" });
}

// As an element: Leaflet would take a string for HTML.
function textOf(words) {
  const span = document.createElement("span");
  span.textContent = words;
  return span;
}

function pointOf(figures) {
  const [latitude, longitude] = (figures ?? "").split(",").map(Number);
  return Number.isFinite(latitude) && Number.isFinite(longitude) && figures ? [latitude, longitude] : null;
}

// Several places, each with its name: "latitude,longitude,name;..."
function named() {
  return (facts().dataset.points ?? "").split(";").filter(Boolean).map((one) => {
    const [latitude, longitude, name] = one.split(",");
    return { at: [Number(latitude), Number(longitude)], name };
  });
}

function isChosen(area) {
  const { area: code, within } = facts().dataset;
  return area.code === code || (within !== "" && area.code.startsWith(`${within}.`));
}

function update() {
  for (const area of villages) {
    area.shape.getElement()?.classList.toggle("is-chosen", isChosen(area));
    if (isChosen(area)) area.shape.bringToFront();
  }
  for (const marker of map.getPane("overlayPane").querySelectorAll(".map-landmark")) marker.parentNode.append(marker);
  reporter = mark(reporter, pointOf(facts().dataset.reporter), "is-reporter");
  pin = mark(pin, pointOf(facts().dataset.point), "is-incident");
  for (const one of several) one.remove();
  several = named().map(({ at, name }) => mark(null, at, "is-incident").bindTooltip(textOf(name), { permanent: named().length < 6, direction: "right", className: "map-named" }));
  look();
}

function mark(known, point, kind) {
  known?.remove();
  if (!point) return null;
  const icon = L.divIcon({ className: `map-pin ${kind}`, iconSize: [18, 18] });
  return L.marker(point, { icon, keyboard: false, interactive: false }).addTo(map);
}

// Show what the report is about; leave the map alone when that has not changed.
function look() {
  const { area, point, reporter: at } = facts().dataset;
  const about = `${area}|${point}|${at}|${drawn.clientWidth}`;
  if (about === shownFor || !drawn.clientWidth) return;
  shownFor = about;
  const points = [pointOf(point), pointOf(at), ...named().map((one) => one.at)].filter(Boolean);
  const chosen = villages.filter(isChosen).map((village) => village.shape.getBounds());
  const bounds = L.latLngBounds(points);
  for (const box of chosen) bounds.extend(box);
  if (!points.length && !chosen.length) for (const village of villages) bounds.extend(village.at);
  if (bounds.isValid()) map.fitBounds(bounds.pad(chosen.length ? 0.35 : 0.1), { maxZoom: drawn.dataset.tiles ? 15 : 12, animate: false });
}

// A press on the map proposes a point: it is kept by the form, not by the press.
function propose({ lat, lng }) {
  const field = document.getElementById("place-coordinates");
  if (!field) return;
  document.getElementById("place-editor").open = true;
  field.value = `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
  pin = mark(pin, [lat, lng], "is-incident is-proposed");
  document.getElementById("place-keep").focus({ preventScroll: true });
}

document.addEventListener("change", (event) => {
  const point = event.target.id === "place-coordinates" && map ? pointOf(event.target.value) : null;
  if (point) pin = mark(pin, point, "is-incident is-proposed");
});

document.addEventListener("desk:renewed", () => drawn?.isConnected && facts() && update());
document.addEventListener("htmx:afterSwap", (event) => event.detail.target?.id === "work" && draw());
draw();
