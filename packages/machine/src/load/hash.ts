import type { Machine } from "../format.ts";

/**
 * 16 hex digits that tell versions of a machine apart: `hashJson` of the machine's JSON without white space, with `hash`
 * set to "". Keys stand as they stand in the machine: their order has meaning (states, parameters, cases).
 */
export function hashMachine(machine: Machine): string {
  return hashJson(JSON.stringify({ ...machine, hash: "" }));
}

/**
 * Two lanes of 32 bits over the text, two UTF-16 units at a time, and the length. With equal texts before and after, two
 * units that differ always give another hash. For versions, not against forgery: it is a tenth of the work of SHA-256.
 */
export function hashJson(json: string): string {
  const even = json.length - (json.length % 2);
  let a = 0x243f6a88;
  let b = 0x85a308d3;
  for (let i = 0; i < even; i += 2) {
    const units = json.charCodeAt(i) | (json.charCodeAt(i + 1) << 16);
    a = Math.imul(a ^ units, 0x9e3779b1);
    a = (a << 13) | (a >>> 19);
    b = Math.imul(b ^ units, 0x85ebca77);
    b = (b << 17) | (b >>> 15);
  }
  const last = even < json.length ? json.charCodeAt(even) : 0;
  a = spread(a ^ last);
  b = spread(b ^ a ^ json.length);
  return hex(a ^ b) + hex(b);
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
