// What one reader says: kept in one object, shown as a list and as marks in the text. Where it is
// kept, and how it goes back, is the business of link.js and packet.js.

import { letWordsBeChosen, reveal } from "./choosing.js";
import { mark } from "./marks.js";
import { anchorAt, charsOf, placeOfWords, rangesOf } from "./places.js";
import { lookFirst } from "./seconds.js";

const LONGEST_QUOTE = 2000;
const NOT_ITS_WORDS = "These words are not in the resume. Please copy them from its text.";
const SAYS_NOTHING = "Say in a few words why, or propose other words.";
const TOO_LONG = "Please choose fewer words for one comment.";
const MARKUP = "Words in angle brackets look like the code of a page. Please write them without brackets.";
const TAG = /<[/!?]?[a-zA-Z][\w:-]*(?:[\s/][^<>]*)?>|<!-{2}|<!\w/;
const PAUSE = 700; // milliseconds of rest after which what was written is kept

const by = (id) => document.getElementById(id);
const form = by("say");
const rest = by("rest");

// Begins the page. `keep(review)` is called after every pause, `giveBack(review)` on the button.
export const begin = (data, { kept, keep, giveBack }) => {
  const chars = charsOf(data.text);
  const review = { comments: [], remembered: "", answers: [], remarks: "", ...kept };
  let place = null; // of the chosen words, null where they were typed
  let changing = null; // the key of the comment that is being changed
  let waiting = 0;

  const say = (sentence) => { by("told").textContent = sentence; };

  const keepNow = () => {
    clearTimeout(waiting);
    waiting = 0;
    keep(review);
  };
  const keepSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(keepNow, PAUSE);
  };
  addEventListener("pagehide", () => waiting && keepNow());

  const choose = (chosen) => {
    place = chosen;
    mark("chosen", [chosen]);
    form.elements.exact.value = chars.slice(chosen.start, chosen.end).join("");
    by("say-heard").textContent = form.elements.exact.value.slice(0, 200);
    form.dataset.open = "";
    say("");
    reveal(rangesOf(chosen.start, chosen.end).at(-1)?.getBoundingClientRect());
  };
  const close = () => {
    place = null;
    changing = null;
    mark("chosen", []);
    form.reset();
    delete form.dataset.open;
  };

  const comment = () => {
    const typed = form.elements.exact.value;
    const where = place ?? placeOfWords(data.text, typed);
    const told = {
      kind: form.elements.kind.value || "unclear",
      text: form.elements.text.value.trim(),
      replacement: form.elements.replacement.value.trim(),
    };
    if (!where) throw new Error(NOT_ITS_WORDS);
    if (where.end - where.start > LONGEST_QUOTE) throw new Error(TOO_LONG);
    if (TAG.test(told.text) || TAG.test(told.replacement)) throw new Error(MARKUP);
    if (!told.text && !told.replacement && !["good", "unclear"].includes(told.kind)) {
      throw new Error(SAYS_NOTHING);
    }
    const key = changing ?? [...crypto.getRandomValues(new Uint8Array(8))]
      .map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return { key, ...told, ...anchorAt(chars, where.start, where.end) };
  };

  const show = () => {
    review.comments.sort((one, other) => one.start - other.start || one.end - other.end);
    mark("good", review.comments.filter((one) => one.kind === "good"));
    mark("said", review.comments.filter((one) => one.kind !== "good"));
    const list = by("said");
    list.replaceChildren(...review.comments.map((one) => item(one)));
    by("none-said").hidden = review.comments.length > 0;
  };
  const item = (one) => {
    const made = by("said-item").content.cloneNode(true).firstElementChild;
    const put = (name, words) => {
      const part = made.querySelector(`[data-put=${name}]`);
      part.textContent = words;
      part.closest("p").hidden = !words;
    };
    put("exact", one.exact);
    put("kind", data.kinds[one.kind]);
    put("text", one.text);
    put("replacement", one.replacement);
    for (const button of made.querySelectorAll("button")) button.value = one.key;
    return made;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    try {
      const made = comment();
      review.comments = [...review.comments.filter((one) => one.key !== made.key), made];
      close();
      show();
      say("Kept. Choose the next words, or give it back below.");
      keepSoon();
      by("words").focus({ preventScroll: true });
    } catch (error) {
      say(error.message);
    }
  });
  form.elements.exact.addEventListener("input", () => { place = null; mark("chosen", []); });
  by("say-close").addEventListener("click", () => { close(); by("words").focus({ preventScroll: true }); });

  by("said").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const one = button && review.comments.find((some) => some.key === button.value);
    if (!one) return;
    event.preventDefault();
    if (button.dataset.do === "remove") {
      review.comments = review.comments.filter((some) => some !== one);
      show();
      keepSoon();
      say("Taken back.");
      by("told").focus();
      return;
    }
    choose(one);
    changing = one.key;
    form.elements.kind.value = one.kind;
    form.elements.text.value = one.text;
    form.elements.replacement.value = one.replacement;
    form.elements.text.focus();
  });

  const answers = [...rest.querySelectorAll("[data-answer]")];
  const read = () => {
    review.remembered = rest.elements.remembered.value;
    review.remarks = rest.elements.remarks.value;
    review.answers = answers.map((field) => field.value);
  };
  rest.elements.remembered.value = review.remembered;
  rest.elements.remarks.value = review.remarks;
  answers.forEach((field, i) => { field.value = review.answers[i] ?? ""; });
  rest.addEventListener("input", () => { read(); keepSoon(); });
  rest.addEventListener("submit", (event) => {
    event.preventDefault();
    read();
    const words = [review.remembered, review.remarks, ...review.answers];
    if (words.some((one) => TAG.test(one))) return say(MARKUP);
    clearTimeout(waiting);
    waiting = 0;
    giveBack(review, say);
  });

  letWordsBeChosen(chars, {
    chosen: choose,
    leave: close,
    take: () => form.querySelector("[name=kind]:checked, [name=kind]").focus(),
  });
  show();
  const isNew = !review.comments.length && !review.remembered;
  if (isNew) {
    lookFirst((words) => {
      if (!words) return;
      rest.elements.remembered.value = words;
      read();
      keepSoon();
    });
  }
  return say;
};
