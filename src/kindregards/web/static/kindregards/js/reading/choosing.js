// Choosing words of the resume: with a mouse or a finger as in any text, or with the keyboard, by
// which words are walked over (arrows) and taken (Shift and arrows).

import { placeOf, rangesOf, wholeWords } from "./places.js";

const PAUSE = 250; // milliseconds after which a selection that a finger drags is looked at

// Calls `chosen(place)` with what is selected, and `leave()` on Escape; `take()` on Enter.
export const letWordsBeChosen = (chars, { chosen, take, leave }) => {
  const box = document.getElementById("words");
  const all = [...chars.join("").matchAll(/\S+/gu)].map((found) => {
    const start = [...found.input.slice(0, found.index)].length;
    return { start, end: start + [...found[0]].length };
  });

  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const selection = getSelection();
      if (!selection.rangeCount || selection.isCollapsed) return;
      const range = selection.getRangeAt(0);
      if (!range.intersectsNode(box)) return;
      const place = placeOf(range);
      const whole = place && wholeWords(chars, place.start, place.end);
      if (whole) chosen(whole);
    }, PAUSE);
  });

  let [from, to] = [-1, -1]; // words, by number; `to` is the one that moves
  const lineOf = (number) => {
    const [range] = rangesOf(all[number].start, all[number].end);
    return range ? range.getBoundingClientRect() : null;
  };
  const nextLine = (step) => {
    const here = lineOf(to);
    let number = to;
    while (number + step >= 0 && number + step < all.length) {
      number += step;
      const there = lineOf(number);
      if (here && there && Math.abs(there.top - here.top) > here.height / 2
        && (step > 0 || there.left <= here.left || number === 0
          || lineOf(number - 1)?.top !== there.top)) return number;
    }
    return number;
  };
  const moves = {
    ArrowRight: () => to + 1,
    ArrowLeft: () => to - 1,
    ArrowDown: () => nextLine(1),
    ArrowUp: () => nextLine(-1),
    Home: () => 0,
    End: () => all.length - 1,
  };

  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    if (event.key === "Enter" && to >= 0) { event.preventDefault(); take(); }
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey || !all.length) return;
    event.preventDefault();
    getSelection().removeAllRanges();
    to = to < 0 ? 0 : Math.max(0, Math.min(all.length - 1, move()));
    if (!event.shiftKey || from < 0) from = to;
    const [first, last] = from <= to ? [from, to] : [to, from];
    chosen({ start: all[first].start, end: all[last].end });
    reveal(lineOf(to));
  });
};

// Scroll until words are seen; on a phone the form covers what is below its edge.
export const reveal = (rect) => {
  if (!rect) return;
  const least = 64;
  const form = document.getElementById("say");
  const isOver = getComputedStyle(form).position === "fixed" && "open" in form.dataset;
  const end = (isOver ? form.getBoundingClientRect().top : innerHeight) - least / 2;
  if (rect.top < least) scrollBy(0, rect.top - least);
  else if (rect.bottom > end) scrollBy(0, rect.bottom - end);
};
