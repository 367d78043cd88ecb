// SHA-256 (FIPS 180-4) and HMAC (RFC 2104): a file opened from disk has no other in every browser.

const firstPrimes = (count) => {
  const found = [];
  for (let n = 2; found.length < count; n += 1) {
    if (found.every((prime) => n % prime)) found.push(n);
  }
  return found;
};
// The first 32 bits of the fraction of a root, worked out in whole numbers.
const fraction = (prime, root) => {
  const scaled = BigInt(prime) << BigInt(32 * root);
  let [low, high] = [0n, 1n << 40n];
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** BigInt(root) <= scaled) low = middle; else high = middle - 1n;
  }
  return Number(low & 0xffffffffn);
};
const START = firstPrimes(8).map((prime) => fraction(prime, 2));
const ROUND = firstPrimes(64).map((prime) => fraction(prime, 3));
const BLOCK = 64;

const turned = (word, by) => (word >>> by) | (word << (32 - by));

const sha256 = (bytes) => {
  const size = Math.ceil((bytes.length + 9) / BLOCK) * BLOCK;
  const padded = new Uint8Array(size);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(size - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(size - 4, bytes.length << 3);
  const state = [...START];
  const w = new Int32Array(64);
  for (let at = 0; at < size; at += BLOCK) {
    for (let t = 0; t < 64; t += 1) {
      if (t < 16) { w[t] = view.getInt32(at + 4 * t); continue; }
      const s0 = turned(w[t - 15], 7) ^ turned(w[t - 15], 18) ^ (w[t - 15] >>> 3);
      const s1 = turned(w[t - 2], 17) ^ turned(w[t - 2], 19) ^ (w[t - 2] >>> 10);
      w[t] = w[t - 16] + s0 + w[t - 7] + s1;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let t = 0; t < 64; t += 1) {
      const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
      const one = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[t] + w[t]) | 0;
      const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
      const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] = (state[i] + word) | 0; });
  }
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => out.setInt32(4 * i, word));
  return new Uint8Array(out.buffer);
};

const joined = (one, other) => {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
};

// HMAC-SHA-256 of a text by a key, in hexadecimal.
export const signatureOf = (key, text) => {
  const encoder = new TextEncoder();
  let secret = encoder.encode(key);
  if (secret.length > BLOCK) secret = sha256(secret);
  const inner = new Uint8Array(BLOCK).fill(0x36);
  const outer = new Uint8Array(BLOCK).fill(0x5c);
  secret.forEach((byte, i) => { inner[i] ^= byte; outer[i] ^= byte; });
  const signed = sha256(joined(outer, sha256(joined(inner, encoder.encode(text)))));
  return [...signed].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};
