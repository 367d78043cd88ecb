// The screen of one answer: record, a quiet clock, stop. What is said goes to this computer's own
// program piece by piece.

import { canRecord, openMicrophone, said } from "./microphone.js";
import { Refused, Upload } from "./upload.js";

const RATE = 16000;
const CUT = "The microphone was taken away. What you said until then is kept.";
const AWAY = "The program does not answer. Start it again and press Stop once more; keep this window open until then.";
const LONG = "That was a quarter of an hour, which is as much as is kept.";

const recorder = document.getElementById("recorder");
const record = document.getElementById("record");
const stop = document.getElementById("stop");
const done = document.getElementById("done");
const token = done.elements.csrfmiddlewaretoken.value;
let open = null; // { close, upload } while recording
let samples = 0;

function tell(sentence) {
  const told = document.getElementById("told");
  told.textContent = sentence;
  told.hidden = !sentence;
}

function show(state) {
  recorder.dataset.state = state;
  record.hidden = state !== "off";
  stop.hidden = state === "off";
  stop.disabled = state === "ending";
  if (state === "on") stop.focus();
}

function tick() {
  const seconds = Math.floor(samples / RATE);
  document.getElementById("clock").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  document.getElementById("way").value = Math.min(seconds, 120);
  if (seconds >= Number(recorder.dataset.longest) - 1) end(LONG);
}

async function begin() {
  tell("");
  record.disabled = true;
  let upload = null;
  const early = [];
  const take = (block) => {
    samples += block.length;
    if (!upload) early.push(block);
    else upload.add(block).catch((problem) => end(problem instanceof Refused ? problem.message : AWAY));
    tick();
  };
  try {
    const close = await openMicrophone(recorder.dataset.worklet, take, () => end(CUT));
    open = { close, upload: null };
    const answer = await fetch(recorder.dataset.begin, { method: "POST", headers: { "X-CSRFToken": token } });
    const to = await answer.json();
    done.action = to.done;
    upload = new Upload(to.piece, token);
    open.upload = upload;
    early.forEach((block) => upload.add(block));
    show("on");
  } catch (problem) {
    if (open) await open.close();
    open = null;
    tell(said(problem));
    document.getElementById("else").open = true;
  }
  record.disabled = false;
}

async function end(sentence = "") {
  if (!open?.upload || stop.disabled) return;
  show("ending");
  tell(sentence);
  try {
    if (open.close) await open.close();
    open.close = null;
    await open.upload.end();
    open = null;
    if (sentence) keepHere();
    else done.requestSubmit();
  } catch (problem) {
    tell(problem instanceof Refused ? problem.message : AWAY);
    if (problem instanceof Refused) keepHere();
    else show("on");
  }
}

// Something was said; the person reads it before they go on.
function keepHere() {
  stop.hidden = true;
  document.getElementById("after").hidden = false;
  document.getElementById("kept").href = done.action.replace(/done$/, "");
  document.getElementById("kept").focus();
}

if (canRecord()) {
  recorder.hidden = false;
  document.getElementById("else").open = false;
  record.addEventListener("click", begin);
  stop.addEventListener("click", () => end());
  addEventListener("pagehide", () => open?.upload?.leave());
}
