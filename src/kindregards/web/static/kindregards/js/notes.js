// Notes beside a letter stand level with their words and add no height: make room for the last.

const makeRoom = () => {
  for (const box of document.querySelectorAll(".anchored")) {
    const notes = [...box.querySelectorAll(".notes > li")];
    const last = notes.at(-1);
    const floats = last && getComputedStyle(last).position === "absolute";
    const lowest = Math.max(0, ...notes.map((note) => note.getBoundingClientRect().bottom));
    box.style.minBlockSize = floats ? `${lowest - box.getBoundingClientRect().top}px` : "";
  }
};

makeRoom();
addEventListener("resize", makeRoom);
document.body.addEventListener("htmx:afterSettle", makeRoom);
document.fonts.ready.then(makeRoom);
