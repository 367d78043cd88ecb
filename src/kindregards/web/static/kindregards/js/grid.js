// The grid by keys: arrows move from spot to spot, Enter makes the mark there.

const SIDE = 9;
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -SIDE, ArrowDown: SIDE };

for (const grid of document.querySelectorAll("[data-grid]")) {
  const spots = [...grid.querySelectorAll("button[name=spot]")];

  grid.addEventListener("keydown", (event) => {
    const at = spots.indexOf(document.activeElement);
    const step = STEPS[event.key];
    if (at < 0 || !step) return;
    event.preventDefault();
    const column = (at % SIDE) + (Math.abs(step) === 1 ? step : 0);
    const next = at + step;
    if (column < 0 || column >= SIDE || next < 0 || next >= spots.length) return;
    spots[at].tabIndex = -1;
    spots[next].tabIndex = 0;
    spots[next].focus();
  });
}
