// A first look (seven seconds of the page), then what stayed of it. It can be skipped.

const SECONDS = 7;
const look = document.getElementById("look");

const show = (which) => {
  document.body.dataset.look = which;
  look.hidden = which === "over";
  for (const part of look.querySelectorAll("[data-part]")) {
    part.hidden = part.dataset.part !== which;
  }
  scrollTo(0, 0);
};

// Calls `done(words)` once with what was remembered, "" where it was skipped.
export const lookFirst = (done) => {
  const field = look.querySelector("textarea");
  const over = (words) => {
    show("over");
    done(words);
    document.getElementById("text").focus();
  };
  look.addEventListener("click", (event) => {
    const pressed = event.target.closest("button")?.dataset.do;
    if (pressed === "show") {
      show("seeing");
      setTimeout(() => { show("asking"); field.focus(); }, SECONDS * 1000);
    }
    if (pressed === "skip") over("");
    if (pressed === "on") over(field.value);
  });
  show("ready");
};
