// The sound of the alarm, made here: two soft tones for a report that waits, a siren for an emergency.
// Tones are laid down ahead of time, so that they go on in a hidden tab, whose timers the browser slows down.
const AHEAD = 12;
const VOLUME = "alarm-volume";
const PATTERNS = {
  waiting: {
    shape: "sine",
    loudness: 0.5,
    length: 4,
    tones: [
      [0, 660, 0.16],
      [0.2, 880, 0.32],
    ],
  },
  urgent: {
    shape: "square",
    loudness: 0.22,
    length: 1.8,
    tones: [0, 1, 2, 3, 4, 5].map((step) => [step * 0.18, step % 2 ? 1320 : 990, 0.16]),
  },
};

const sound = (globalThis.sound = {});
let context = null;
let bus = null;
let pattern = "";
let until = 0;

function open() {
  if (context || !globalThis.AudioContext) return;
  context = new AudioContext();
  context.addEventListener("statechange", () => document.dispatchEvent(new Event("sound:changed")));
}

// Whether a tone would be heard: browsers keep quiet until somebody has pressed something.
sound.isRunning = () => context?.state === "running";

sound.start = () => {
  open();
  if (context && context.state !== "running") context.resume().catch(() => {});
};

sound.volume = () => Number(keep.get(VOLUME)) || 70;

sound.setVolume = (percent) => {
  keep.set(VOLUME, String(percent));
  if (bus) bus.gain.value = gain();
};

// Ring with this pattern until hush(); call it again at least every ten seconds.
sound.ring = (name) => {
  if (name !== pattern) sound.hush();
  pattern = name;
  if (!sound.isRunning()) return;
  bus ??= newBus();
  until = Math.max(until, context.currentTime + 0.05);
  while (until < context.currentTime + AHEAD) until = lay(name, until, bus);
};

sound.hush = () => {
  bus?.disconnect();
  bus = null;
  pattern = "";
  until = 0;
};

// This pattern once, for what does not go on ringing.
sound.once = (name) => {
  if (sound.isRunning()) lay(name, context.currentTime + 0.05, newBus());
};

// Both patterns once, to hear what they are like.
sound.test = () => {
  sound.start();
  if (!context) return;
  const own = newBus();
  lay("urgent", lay("waiting", context.currentTime + 0.1, own) - 2.5, own);
};

function newBus() {
  const made = context.createGain();
  made.gain.value = gain();
  made.connect(context.destination);
  return made;
}

const gain = () => (sound.volume() / 100) ** 2 * 2;

function lay(name, begins, onto) {
  const { shape, loudness, length, tones } = PATTERNS[name];
  for (const [after, frequency, lasts] of tones) {
    const tone = new OscillatorNode(context, { type: shape, frequency });
    const envelope = new GainNode(context, { gain: 0 });
    const at = begins + after;
    envelope.gain.setValueAtTime(0, at);
    envelope.gain.linearRampToValueAtTime(loudness, at + 0.015);
    envelope.gain.setValueAtTime(loudness, at + lasts - 0.03);
    envelope.gain.linearRampToValueAtTime(0, at + lasts);
    tone.connect(envelope).connect(onto);
    tone.start(at);
    tone.stop(at + lasts);
  }
  return begins + length;
}

// What this browser keeps; one that keeps nothing goes by what is usual.
const keep = (sound.keep = {
  get(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  },
  set(name, value) {
    try {
      localStorage.setItem(name, value);
    } catch {
      // It holds for nothing then.
    }
  },
});

// Not every key counts as a press for the browser (Escape and Ctrl-K do not), and it complains of a tone after one.
function isMeant() {
  return navigator.userActivation?.hasBeenActive ?? true;
}

for (const name of ["click", "keydown", "pointerup"]) {
  document.addEventListener(name, () => isMeant() && !sound.isRunning() && sound.start(), true);
}
open();

// At the login: hear it before the shift begins.
const check = document.getElementById("sound-check");
if (check) {
  const show = () => {
    document.getElementById("sound-heard").hidden = !sound.isRunning();
  };
  check.addEventListener("click", () => {
    sound.test();
    show();
  });
  document.addEventListener("sound:changed", show);
}
