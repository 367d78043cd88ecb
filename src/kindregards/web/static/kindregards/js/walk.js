// A clock for five minutes on foot. It says nothing until they are over.

const place = document.querySelector("[data-walk]");
const clock = place.querySelector("[data-clock]");
const said = place.querySelector("[data-said]");
const acts = place.querySelector("[data-acts]");
const start = place.querySelector("[data-start]");

let ends = 0;
let watch = 0;

const show = () => {
  const left = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
  clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  if (left) return;
  clearInterval(watch);
  said.textContent = "Five minutes are over.";
  start.textContent = "Five more";
  acts.hidden = false;
};

start.addEventListener("click", () => {
  ends = Date.now() + Number(place.dataset.walk) * 60_000;
  acts.hidden = true;
  said.textContent = "The clock runs.";
  clearInterval(watch);
  watch = setInterval(show, 500);
  show();
});
acts.hidden = false;
