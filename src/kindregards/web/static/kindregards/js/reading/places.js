// Places in the resume's text, counted as the program counts them: in whole characters, not in
// the halves (UTF-16) of which a script's strings are made. A block tells in data-at where its
// words begin; between two blocks are only line breaks.

export const CONTEXT = 32;

const words = document.getElementById("words");
const blocks = [...words.querySelectorAll("[data-at]")];

export const charsOf = (text) => [...text];
const lengthOf = (text) => charsOf(text).length;

const textNode = (block) => block.firstChild;

// Where an end of a range lies in a block, in characters of the block; null where outside.
const within = (block, node, offset) =>
  node === textNode(block) ? lengthOf(node.data.slice(0, offset)) : null;

// From where to where a range goes; null where it has none of the resume's words.
export const placeOf = (range) => {
  const touched = blocks.filter((block) => textNode(block) && range.intersectsNode(block));
  if (!touched.length) return null;
  const [first, last] = [touched[0], touched.at(-1)];
  const from = within(first, range.startContainer, range.startOffset) ?? 0;
  const to = within(last, range.endContainer, range.endOffset)
    ?? (range.endContainer === last || last.contains(range.endContainer)
      ? (range.endOffset ? lengthOf(last.textContent) : 0) : lengthOf(last.textContent));
  return { start: Number(first.dataset.at) + from, end: Number(last.dataset.at) + to };
};

// The ranges of the page that show the characters from start to end.
export const rangesOf = (start, end) => {
  const found = [];
  for (const block of blocks) {
    const node = textNode(block);
    if (!node) continue;
    const at = Number(block.dataset.at);
    const chars = charsOf(node.data);
    const [from, to] = [Math.max(0, start - at), Math.min(chars.length, end - at)];
    if (from >= to) continue;
    const range = new Range();
    range.setStart(node, chars.slice(0, from).join("").length);
    range.setEnd(node, chars.slice(0, to).join("").length);
    found.push(range);
  }
  return found;
};

// The words between two places, with what stands around them.
export const anchorAt = (chars, start, end) => ({
  exact: chars.slice(start, end).join(""),
  prefix: chars.slice(Math.max(0, start - CONTEXT), start).join(""),
  suffix: chars.slice(end, end + CONTEXT).join(""),
  start,
  end,
});

// Widen a place to whole words and leave out blanks at its ends; null where nothing is left.
export const wholeWords = (chars, start, end) => {
  const blank = (at) => /\s/.test(chars[at]);
  const wordly = (at) => at >= 0 && at < chars.length && /[\p{L}\p{N}]/u.test(chars[at]);
  while (start < end && blank(start)) start += 1;
  while (end > start && blank(end - 1)) end -= 1;
  if (start >= end) return null;
  while (wordly(start - 1) && wordly(start)) start -= 1;
  while (wordly(end - 1) && wordly(end)) end += 1;
  return { start, end };
};

// Where words that somebody typed stand, whatever their blanks and capitals; null if nowhere.
export const placeOfWords = (text, typed) => {
  const pieces = typed.trim().split(/\s+/).filter(Boolean);
  if (!pieces.length) return null;
  const escaped = pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const found = new RegExp(escaped.join("\\s+"), "iu").exec(text);
  if (!found) return null;
  const start = lengthOf(text.slice(0, found.index));
  return { start, end: start + lengthOf(found[0]) };
};
