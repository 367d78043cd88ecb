// The microphone as samples. `onsamples` gets them as they come, `oncut` is called when it is gone.

const REFUSED = "The browser did not allow the microphone. You can allow it beside the address, or write your answer below.";
const NONE = "There is no microphone here. You can write your answer below.";
const BUSY = "The microphone could not be opened; another program may be using it. You can write your answer below.";

const SAID = { NotAllowedError: REFUSED, SecurityError: REFUSED, NotFoundError: NONE };

export function canRecord() {
  return Boolean(navigator.mediaDevices?.getUserMedia && window.AudioWorkletNode);
}

export function said(problem) {
  return SAID[problem.name] ?? BUSY;
}

export async function openMicrophone(worklet, onsamples, oncut) {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
  const context = new AudioContext();
  await context.audioWorklet.addModule(worklet);
  const samples = new AudioWorkletNode(context, "samples", { numberOfOutputs: 1 });
  context.createMediaStreamSource(stream).connect(samples);
  samples.connect(context.destination); // what it puts out is silence; some need it to run
  samples.port.onmessage = (event) => { if (event.data) onsamples(event.data); };
  stream.getAudioTracks()[0].addEventListener("ended", oncut);
  await context.resume();
  return async () => {
    const last = new Promise((resolve) => {
      samples.port.onmessage = (event) => (event.data ? onsamples(event.data) : resolve());
    });
    samples.port.postMessage("end");
    await last;
    stream.getTracks().forEach((track) => track.stop());
    await context.close();
  };
}
