// Reading aloud: by the browser's own voice, else by the speech program of this computer, a sentence
// at a time, with the sentence marked. Speed and place are kept in this browser. Where there is no
// voice, the button never shows, and the page is one to read.

const place = document.querySelector("[data-aloud]");
const sentences = [...document.querySelectorAll("[data-sentence]")];
const play = place.querySelector("[data-play]");
const pace = place.querySelector("[data-pace]");
const again = place.querySelector("[data-again]");
const said = place.querySelector("[data-said]");

const keep = (name, value) => {
  try { localStorage.setItem(name, value); } catch { /* a browser that keeps nothing */ }
};
const kept = (name) => {
  try { return localStorage.getItem(name); } catch { return null; }
};
const PLACE = `aloud-place ${place.dataset.key}`;
const PACE = "aloud-pace";

let at = Math.min(Number(kept(PLACE)) || 0, sentences.length - 1);
let isReading = false;
let turn = 0;
let sound = null;

// Ways to speak: each gives a promise that ends with the sentence, and can be stopped.
const byBrowser = (voice) => ({
  speak: (text) => new Promise((done, fail) => {
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.voice = voice;
    spoken.lang = voice.lang;
    spoken.rate = Number(pace.value);
    spoken.onend = done;
    spoken.onerror = (event) => (event.error === "interrupted" || event.error === "canceled" ? done() : fail(event));
    speechSynthesis.speak(spoken);
  }),
  stop: () => speechSynthesis.cancel(),
});

const byProgram = (first) => ({
  speak: (_text, number) => new Promise((done, fail) => {
    sound = new Audio(first.replace(/0$/, String(number)));
    sound.playbackRate = Number(pace.value);
    sound.onended = done;
    sound.onpause = done;
    sound.onerror = fail;
    sound.play().catch(fail);
  }),
  stop: () => sound?.pause(),
});

let way = null;

const light = () => {
  for (const one of sentences) one.toggleAttribute("data-lit", isReading && one === sentences[at]);
  if (isReading) sentences[at].scrollIntoView({ block: "nearest" });
};

const show = () => {
  play.textContent = isReading ? "Pause" : at > 0 ? "Go on reading aloud" : "Read it aloud";
  light();
};

const stop = () => {
  isReading = false;
  turn += 1;
  way.stop();
  show();
};

const read = async () => {
  isReading = true;
  const mine = (turn += 1);
  said.textContent = "";
  while (at < sentences.length) {
    show();
    keep(PLACE, at);
    try {
      await way.speak(sentences[at].textContent, Number(sentences[at].dataset.sentence));
    } catch {
      if (mine !== turn) return;
      stop();
      said.textContent = "The voice gave no sound. The words are here to read.";
      return;
    }
    if (mine !== turn) return;
    at += 1;
  }
  at = 0;
  keep(PLACE, 0);
  isReading = false;
  show();
  said.textContent = "That was all of it.";
};

const offer = (found) => {
  if (way) return;
  way = found;
  pace.value = [...pace.options].some((one) => one.value === kept(PACE)) ? kept(PACE) : "1";
  place.hidden = false;
  show();
};

// A voice of the right language that needs no network; a page must not be sent away to be read.
const ownVoice = () => speechSynthesis.getVoices()
  .find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(place.dataset.language));

const look = () => {
  const voice = "speechSynthesis" in window ? ownVoice() : null;
  if (voice) offer(byBrowser(voice));
  return Boolean(voice);
};

play.addEventListener("click", () => (isReading ? stop() : read()));
again.addEventListener("click", () => {
  if (isReading) stop();
  at = 0;
  keep(PLACE, 0);
  read();
});
pace.addEventListener("change", () => {
  keep(PACE, pace.value);
  if (isReading) { stop(); read(); }
});
addEventListener("pagehide", () => { if (isReading) stop(); });

if (!look()) {
  if (place.dataset.program) offer(byProgram(place.dataset.program));
  else if ("speechSynthesis" in window) speechSynthesis.addEventListener("voiceschanged", look);
}
