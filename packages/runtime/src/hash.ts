/**
 * SHA-256 of short texts, synchronous: the platform's own is asynchronous, and a turn is one synchronous function.
 * For ids, keys and seeds; signatures are checked with WebCrypto.
 */

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
}

/** The first 32 bits of the fractional part. */
function fraction(x: number): number {
  return Math.floor((x - Math.floor(x)) * 2 ** 32) >>> 0;
}

const K: Uint32Array = Uint32Array.from(primes(64), (p) => fraction(Math.cbrt(p)));
const START: Uint32Array = Uint32Array.from(primes(8), (p) => fraction(Math.sqrt(p)));

function rotate(x: number, by: number): number {
  return (x >>> by) | (x << (32 - by));
}

function at(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}

/** The message, a one bit, zeros, and its length in bits at the end of the last block. */
function padded(text: string): DataView {
  const bytes = new TextEncoder().encode(text);
  const view = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
  new Uint8Array(view.buffer).set(bytes);
  view.setUint8(bytes.length, 0x80);
  view.setUint32(view.byteLength - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(view.byteLength - 4, (bytes.length * 8) >>> 0);
  return view;
}

function expand(words: Uint32Array, view: DataView, offset: number): void {
  for (let i = 0; i < 16; i++) words[i] = view.getUint32(offset + i * 4);
  for (let i = 16; i < 64; i++) {
    const a = at(words, i - 15);
    const b = at(words, i - 2);
    const s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3);
    const s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10);
    words[i] = at(words, i - 16) + s0 + at(words, i - 7) + s1;
  }
}

/** One block. The eight registers are plain variables: they are what this function spends its time on. */
function compress(hash: Uint32Array, words: Uint32Array): void {
  let a = at(hash, 0) | 0;
  let b = at(hash, 1) | 0;
  let c = at(hash, 2) | 0;
  let d = at(hash, 3) | 0;
  let e = at(hash, 4) | 0;
  let f = at(hash, 5) | 0;
  let g = at(hash, 6) | 0;
  let h = at(hash, 7) | 0;
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + at(K, i) + at(words, i)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  const add = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) hash[i] = at(hash, i) + (add[i] ?? 0);
}

/** 64 hex digits. */
export function sha256(text: string): string {
  const view = padded(text);
  const hash = START.slice();
  const words = new Uint32Array(64);
  for (let offset = 0; offset < view.byteLength; offset += 64) {
    expand(words, view, offset);
    compress(hash, words);
  }
  let hex = "";
  // The leading one keeps the zeros behind it.
  for (const word of hash) hex += (0x1_0000_0000 + word).toString(16).slice(1);
  return hex;
}

/** The bytes of hex digits in pairs. */
export function bytesOfHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length >> 1);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** The first `digits` hex digits of the hash of all parts; no two lists of parts are joined alike. */
export function digest(digits: number, ...parts: readonly (string | number)[]): string {
  return sha256(JSON.stringify(parts)).slice(0, digits);
}

/** A number from 0 to below 1 that follows from the parts. */
export function fractionOf(...parts: readonly (string | number)[]): number {
  return Number.parseInt(digest(12, ...parts), 16) / 2 ** 48;
}
