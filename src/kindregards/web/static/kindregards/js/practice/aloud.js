// The question read aloud by the browser; without a voice in it there is no such button.

const button = document.getElementById("aloud");

function offer() {
  button.hidden = !speechSynthesis.getVoices().length;
}

if (window.speechSynthesis) {
  offer();
  speechSynthesis.addEventListener("voiceschanged", offer);
  button.addEventListener("click", () => {
    speechSynthesis.cancel();
    const words = new SpeechSynthesisUtterance(document.getElementById("asked").textContent);
    words.lang = document.documentElement.lang;
    speechSynthesis.speak(words);
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
