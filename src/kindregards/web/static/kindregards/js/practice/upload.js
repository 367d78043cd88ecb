// The pieces of one recording, sent in order as they come, and again where one did not arrive: what
// was sent is kept, whatever happens to this window.

const AT_ONCE = 64000; // bytes: two seconds, and little enough to go out while the window closes
const TRIES = 5;

export class Upload {
  constructor(address, token) {
    this.address = address;
    this.token = token;
    this.waiting = [];
    this.length = 0;
    this.sent = 0;
    this.line = Promise.resolve();
  }

  add(samples) {
    this.waiting.push(samples);
    this.length += samples.byteLength;
    if (this.length - this.sent >= AT_ONCE) this.line = this.line.then(() => this.send());
    return this.line;
  }

  async end() {
    await this.line;
    while (this.sent < this.length) await this.send();
  }

  // While the window closes there is time for one request that nobody waits for.
  leave() {
    if (this.sent < this.length) this.post(this.bytes().slice(0, AT_ONCE), true).catch(() => {});
  }

  bytes() {
    return new Blob(this.waiting);
  }

  async send() {
    const piece = this.bytes().slice(0, AT_ONCE);
    if (!piece.size) return;
    for (let again = 0; ; again += 1) {
      try {
        await this.take(await this.post(piece, false));
        return;
      } catch (problem) {
        if (problem instanceof Refused || again === TRIES) throw problem;
        await new Promise((resolve) => { setTimeout(resolve, 500 * 2 ** again); });
      }
    }
  }

  post(piece, keepalive) {
    return fetch(`${this.address}?at=${this.sent}`, {
      method: "POST",
      body: piece,
      keepalive,
      headers: { "X-CSRFToken": this.token, "Content-Type": "application/octet-stream" },
    });
  }

  async take(answer) {
    if (answer.status === 422) throw new Refused((await answer.json()).said);
    if (!answer.ok) throw new Error(answer.statusText);
    const { size } = await answer.json();
    const rest = this.bytes().slice(size - this.sent);
    this.waiting = [await rest.arrayBuffer()];
    this.sent = size;
  }
}

export class Refused extends Error {}
