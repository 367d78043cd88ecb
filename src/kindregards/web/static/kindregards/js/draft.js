// While somebody types, the marks under the text follow its words until the guard answers.

const text = document.getElementById("text");
const marksNow = () => document.getElementById("marks");

// A note has so many characters and no more, so they are counted with every key.
const count = () => {
  const figure = document.querySelector("[data-length]");
  if (figure) figure.textContent = [...text.value.trim()].length;
};

const follow = () => {
  count();
  const layer = marksNow();
  const marks = [...layer.querySelectorAll("mark")]; // not copies: htmx settles their classes later
  const pieces = [];
  let at = 0;
  for (const mark of marks) {
    const start = text.value.indexOf(mark.textContent, at);
    if (start < 0) continue;
    pieces.push(text.value.slice(at, start), mark);
    at = start + mark.textContent.length;
  }
  layer.replaceChildren(...pieces, text.value.slice(at));
  fit();
};

// Browsers without `field-sizing` keep a textarea at its first height.
const fit = () => {
  if (CSS.supports("field-sizing", "content")) return;
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight}px`;
};

text.addEventListener("input", follow);
fit();

// Only the latest answer may replace the marks: words typed since then would stand beside them.
document.body.addEventListener("htmx:oobAfterSwap", follow);

// A click into marked words shows the note that belongs to them.
text.addEventListener("click", () => {
  const layer = marksNow();
  let passed = 0;
  for (const node of layer.childNodes) {
    passed += node.textContent.length;
    if (text.selectionStart <= passed) {
      for (const note of document.querySelectorAll("#found > li")) {
        note.toggleAttribute("data-lit", node.id !== undefined && note.id === node.id?.replace("m", "n"));
      }
      return;
    }
  }
});
