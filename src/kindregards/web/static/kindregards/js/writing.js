// A private page: how much time is left, and nothing of it left behind on the way out.
// Nothing here looks at what was written; only a page that is to be kept is sent, by its button.

const place = document.querySelector("[data-private]");
const words = document.getElementById("words");

const MINUTE = 60_000;

const tell = () => {
  const all = Number(place.dataset.seconds) * 1000;
  const line = place.querySelector("[data-time]");
  if (!line || !all || place.hasAttribute("data-returned")) return;
  const bar = line.querySelector("progress");
  const said = line.querySelector("[data-left]");
  const begun = Date.now();
  line.hidden = false;
  let told = "";
  const look = () => {
    const gone = Math.min(Date.now() - begun, all);
    bar.value = gone / 1000;
    const left = Math.ceil((all - gone) / MINUTE);
    const now = left <= 0
      ? "The time is over. Finish the sentence, and let it be."
      : left > 5 ? "There is time." : left === 1 ? "About a minute left." : `About ${left} minutes left.`;
    if (now !== told) said.textContent = told = now;
    if (gone >= all) clearInterval(watch);
  };
  const watch = setInterval(look, 5000);
  look();
};

// The browser may keep the page in memory to come back to it: then it comes back empty.
const wipe = () => {
  if (words) words.value = "";
  for (const shown of document.querySelectorAll("[data-words]")) shown.replaceChildren();
  for (const field of document.querySelectorAll("input[type=password]")) field.value = "";
};

// A page that is to be kept is sent beside the page: should the passphrase be wrong, or the program
// not answer, the words stay where they are. Nor does a slip of the hand lose them.
const form = document.querySelector("[data-keeps]");
let leaving = false;

const say = (sentence) => {
  const told = document.querySelector("[data-trouble]");
  told.hidden = false;
  told.textContent = sentence;
  told.focus();
};

const lock = async (event) => {
  event.preventDefault();
  const button = event.submitter;
  button.disabled = true;
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
    if (answer.type === "opaqueredirect") {
      leaving = true;
      location.replace(form.dataset.next);
      return;
    }
    const told = new DOMParser().parseFromString(await answer.text(), "text/html");
    say(told.querySelector("[data-trouble]")?.textContent.trim() || form.dataset.failed);
  } catch {
    say(form.dataset.failed);
  }
  button.disabled = false;
};

if (place) {
  tell();
  addEventListener("pagehide", wipe);
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
if (form) {
  form.addEventListener("submit", lock);
  addEventListener("beforeunload", (event) => {
    if (!leaving && words.value.trim()) event.preventDefault();
  });
  document.querySelector("[data-throws]").addEventListener("click", () => { leaving = true; });
}
