// The second that is being heard, put down by a press.

const answer = document.getElementById("answer");
const here = document.getElementById("here");

if (answer) {
  here.hidden = false;
  here.addEventListener("click", () => {
    document.getElementById("moment").value = Math.floor(answer.currentTime);
  });
}
