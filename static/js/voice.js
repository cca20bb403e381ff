// Voice notes: our own control in the place of the browser's. One at a time; the waveform shows how far it is.
const voiceOf = (element) => element.closest?.(".voice");
const soundOf = (voice) => voice.querySelector("audio");

function clockOf(seconds) {
  const whole = Math.floor(Math.max(0, seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function show(voice) {
  const sound = soundOf(voice);
  const length = Number.isFinite(sound.duration) ? sound.duration : 0;
  const part = length ? sound.currentTime / length : 0;
  const bars = voice.querySelectorAll("rect");
  bars.forEach((bar, number) => bar.classList.toggle("is-past", number < part * bars.length));
  const seek = voice.querySelector(".voice-seek");
  seek.value = String(Math.round(part * 1000));
  const time = voice.querySelector("[data-time]");
  time.textContent = sound.currentTime > 0 ? clockOf(sound.currentTime) : time.dataset.length || clockOf(length);
  seek.setAttribute("aria-valuetext", time.textContent);
  const isPlaying = !sound.paused && !sound.ended;
  voice.classList.toggle("is-playing", isPlaying);
  voice.querySelector("[data-plays]").setAttribute("aria-pressed", String(isPlaying));
}

async function play(voice) {
  const sound = soundOf(voice);
  if (!sound.paused) return sound.pause();
  for (const other of document.querySelectorAll("audio, video")) if (other !== sound) other.pause();
  try {
    await sound.play();
  } catch (error) {
    // Paused again before it began.
    if (error.name !== "AbortError") desk.notify(desk.word("not-played"));
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-plays]");
  if (button) play(voiceOf(button));
});

document.addEventListener("input", (event) => {
  if (!event.target.matches(".voice-seek")) return;
  const sound = soundOf(voiceOf(event.target));
  if (Number.isFinite(sound.duration)) sound.currentTime = (event.target.value / 1000) * sound.duration;
  else sound.load();
});

// What happens to a sound does not bubble.
for (const name of ["play", "pause", "ended", "timeupdate", "loadedmetadata", "seeked"]) {
  document.addEventListener(
    name,
    ({ target }) => {
      const voice = voiceOf(target);
      if (voice) show(voice);
    },
    true,
  );
}
