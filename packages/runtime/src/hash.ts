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
  return Math.floor((x - Math.floor(x)) * 2 ** 32) | 0;
}

const K: Int32Array = Int32Array.from(primes(64), (p) => fraction(Math.cbrt(p)));
const START: Int32Array = Int32Array.from(primes(8), (p) => fraction(Math.sqrt(p)));
/** Two hex digits of each byte: digits of numbers above 31 bits are made the slow way. */
const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => (byte + 256).toString(16).slice(1));

function rotate(x: number, by: number): number {
  return (x >>> by) | (x << (32 - by));
}

function at(words: Int32Array, index: number): number {
  return words[index] as number;
}

/** The words of the blocks for a message of `length` bytes: nothing yet but the one bit behind it, and its length in bits at the end. */
function blocksFor(length: number): Int32Array {
  const words = new Int32Array((((length + 8) >> 6) + 1) << 4);
  words[words.length - 2] = Math.floor(length / 2 ** 29);
  words[words.length - 1] = length << 3;
  put(words, length, 0x80);
  return words;
}

function put(words: Int32Array, index: number, byte: number): void {
  words[index >> 2] = at(words, index >> 2) | (byte << (24 - ((index & 3) << 3)));
}

function blocksOf(text: string): Int32Array {
  const words = blocksFor(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return blocksOfBytes(new TextEncoder().encode(text));
    put(words, i, unit);
  }
  return words;
}

function blocksOfBytes(bytes: Uint8Array): Int32Array {
  const words = blocksFor(bytes.length);
  bytes.forEach((byte, i) => {
    put(words, i, byte);
  });
  return words;
}

/** The word of round `i`. From 16 on it takes the place of the one of 16 rounds before, which nothing asks for again. */
function scheduled(words: Int32Array, offset: number, i: number): number {
  const place = offset + (i & 15);
  if (i < 16) return at(words, place);
  const a = at(words, offset + ((i + 1) & 15));
  const b = at(words, offset + ((i + 14) & 15));
  const s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3);
  const s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10);
  const word = (at(words, place) + s0 + at(words, offset + ((i + 9) & 15)) + s1) | 0;
  words[place] = word;
  return word;
}

/** One block, which is used up. The eight registers are plain variables: they are what this function spends its time on. */
function compress(hash: Int32Array, words: Int32Array, offset: number): void {
  let a = at(hash, 0);
  let b = at(hash, 1);
  let c = at(hash, 2);
  let d = at(hash, 3);
  let e = at(hash, 4);
  let f = at(hash, 5);
  let g = at(hash, 6);
  let h = at(hash, 7);
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + at(K, i) + scheduled(words, offset, i)) | 0;
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
  hash[0] = at(hash, 0) + a;
  hash[1] = at(hash, 1) + b;
  hash[2] = at(hash, 2) + c;
  hash[3] = at(hash, 3) + d;
  hash[4] = at(hash, 4) + e;
  hash[5] = at(hash, 5) + f;
  hash[6] = at(hash, 6) + g;
  hash[7] = at(hash, 7) + h;
}

function hexOf(word: number): string {
  const byte = (shift: number): string => HEX[(word >>> shift) & 0xff] as string;
  return byte(24) + byte(16) + byte(8) + byte(0);
}

/** 64 hex digits. */
export function sha256(text: string): string {
  const words = blocksOf(text);
  const hash = START.slice();
  for (let offset = 0; offset < words.length; offset += 16) compress(hash, words, offset);
  let hex = "";
  for (const word of hash) hex += hexOf(word);
  return hex;
}

/** Of the code of a hex digit. */
function digitOf(code: number): number {
  return code <= 0x39 ? code & 0xf : (code & 0xf) + 9;
}

/** The bytes of hex digits in pairs. */
export function bytesOfHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length >> 1);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = (digitOf(hex.charCodeAt(2 * i)) << 4) | digitOf(hex.charCodeAt(2 * i + 1));
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
