import type { Machine } from "../format.ts";

/**
 * 16 hex digits that tell versions of a machine apart: `hashJson` of the machine's JSON without white space, with `hash`
 * set to "". Keys stand as they stand in the machine: their order has meaning (states, parameters, cases).
 */
export function hashMachine(machine: Machine): string {
  return hashJson(JSON.stringify({ ...machine, hash: "" }));
}

/**
 * Of the text that the pieces are together: two lanes of 32 bits over it, two UTF-16 units at a time, and the length. With
 * equal texts before and after, two units that differ always give another hash. For versions, not against forgery: it is a
 * tenth of the work of SHA-256.
 */
export function hashJson(...pieces: readonly string[]): string {
  const hashing: Hashing = { a: 0x243f6a88, b: 0x85a308d3, length: 0, last: 0 };
  for (const piece of pieces) add(hashing, piece);
  const { length, last } = hashing;
  const a = spread(hashing.a ^ last);
  const b = spread(hashing.b ^ a ^ length);
  return hex(a ^ b) + hex(b);
}

interface Hashing {
  a: number;
  b: number;
  length: number;
  /** The last unit, where the length is odd; else 0. */
  last: number;
}

function add(hashing: Hashing, piece: string): void {
  let { a, b, last } = hashing;
  // A unit that is left over makes a pair with the first of the next piece.
  for (let i = -(hashing.length % 2); i < piece.length; i += 2) {
    if (i + 1 === piece.length) {
      last = piece.charCodeAt(i);
      break;
    }
    const units = (i < 0 ? last : piece.charCodeAt(i)) | (piece.charCodeAt(i + 1) << 16);
    last = 0;
    a = Math.imul(a ^ units, 0x9e3779b1);
    a = (a << 13) | (a >>> 19);
    b = Math.imul(b ^ units, 0x85ebca77);
    b = (b << 17) | (b >>> 15);
  }
  hashing.a = a;
  hashing.b = b;
  hashing.last = last;
  hashing.length += piece.length;
}

/** Each bit of a word changes about half of the result's: the last step of MurmurHash3. One to one. */
function spread(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}
