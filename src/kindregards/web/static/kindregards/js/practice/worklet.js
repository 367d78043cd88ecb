// Beside the page, in the thread of the sound: the microphone's samples as 16,000 numbers of 16 bits
// a second, whatever rate it has, a quarter of a second at a time. Each is the mean of what it
// stands for.

const RATE = 16000;
const AT_ONCE = RATE / 4;

class Samples extends AudioWorkletProcessor {
  constructor() {
    super();
    this.step = sampleRate / RATE;
    this.sum = 0;
    this.count = 0;
    this.left = this.step;
    this.block = new Int16Array(AT_ONCE);
    this.filled = 0;
    this.port.onmessage = () => {
      this.send();
      this.port.postMessage(null);
    };
  }

  process(inputs) {
    for (const sample of inputs[0][0] ?? []) {
      this.sum += sample;
      this.count += 1;
      this.left -= 1;
      if (this.left < 0.5) this.keep();
    }
    return true;
  }

  keep() {
    const mean = Math.max(-1, Math.min(1, this.sum / this.count));
    this.block[this.filled] = Math.round(mean * 32767);
    this.filled += 1;
    this.left += this.step;
    this.sum = 0;
    this.count = 0;
    if (this.filled === AT_ONCE) this.send();
  }

  send() {
    if (this.filled) this.port.postMessage(this.block.slice(0, this.filled));
    this.filled = 0;
  }
}

registerProcessor("samples", Samples);
