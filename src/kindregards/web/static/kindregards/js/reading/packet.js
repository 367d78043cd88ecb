// The packet: a page that works without any connection. What is written is kept by the browser,
// and goes back as a small file.

import { signatureOf } from "./digest.js";
import { begin } from "./review.js";

const data = JSON.parse(document.getElementById("review-data").textContent);
const NAME = `kind-regards-${data.reviewer}`;
const standing = document.getElementById("standing");
const has = (id) => document.getElementById(id);

const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? "{}");
  } catch {
    return {};
  }
};
const keep = (review) => {
  try {
    localStorage.setItem(NAME, JSON.stringify(review));
    standing.textContent = "Kept in this browser.";
  } catch {
    standing.textContent = "This browser keeps nothing for files. Save the review before you close the page.";
  }
};
const fileOf = (review) => {
  const { comments, remembered, answers, remarks } = review;
  const told = JSON.stringify({ comments, remembered, answers, remarks, done: true });
  const signed = `${data.reviewer}\n${data.version}\n${told}`;
  return JSON.stringify({
    format: "kind-regards-review",
    number: 1,
    reviewer: data.reviewer,
    version: data.version,
    review: told,
    signature: signatureOf(data.key, signed),
  }, null, 1);
};
const giveBack = (review, say) => {
  keep(review);
  const file = fileOf(review);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([file], { type: "application/json" }));
  link.download = data.file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  has("back-text").value = file;
  has("back").hidden = false;
  has("back").scrollIntoView({ block: "center" });
  say(`Saved as ${data.file}.`);
  has("back").focus();
};

has("back-copy").addEventListener("click", async () => {
  const field = has("back-text");
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    has("back-copy").textContent = "Copied";
  } catch {
    has("back-copy").textContent = "Selected: copy it with your keyboard";
  }
});

if (new Date() >= new Date(data.closes)) {
  has("open").hidden = true;
  has("closed").hidden = false;
} else {
  begin(data, { kept: kept(), keep, giveBack });
}
