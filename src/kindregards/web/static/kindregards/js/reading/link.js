// The page of a link: what is written is kept by the program while it is written.

import { begin } from "./review.js";

const data = JSON.parse(document.getElementById("review-data").textContent);
const AGAIN = 5000; // milliseconds until the next try where it could not be kept
let later = 0;

const send = (review, done) => fetch(data.keep, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ ...review, done }),
  keepalive: JSON.stringify(review).length < 30000,
});

const keep = async (review) => {
  clearTimeout(later);
  try {
    const answer = await send(review, false);
    const told = await answer.json();
    standing.textContent = told.why ?? "Kept.";
    if (answer.status === 429) later = setTimeout(() => keep(review), AGAIN);
  } catch {
    standing.textContent = "Not kept yet: there is no connection. Your words are still here.";
    later = setTimeout(() => keep(review), AGAIN);
  }
};
const giveBack = async (review, say) => {
  try {
    const answer = await send(review, true);
    const told = await answer.json();
    if (answer.ok) { location.assign(told.next); return; }
    say(told.why);
  } catch {
    say("It could not be given back: there is no connection. Please try once more.");
  }
};

const standing = document.getElementById("standing");
begin(data, { kept: data.kept, keep, giveBack });
