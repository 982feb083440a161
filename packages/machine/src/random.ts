/** Random numbers that follow from a seed: the same turn draws the same, wherever and how often it is run. */

/** FNV-1a over the UTF-16 units. */
export function hashText(text: string, basis = 0x811c9dc5): number {
  let hash = basis;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix(hash);
}

/** Spreads every bit over all. */
function mix(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** A whole number from 0 up to below `bound`, the `draw`-th of the seed. */
export function draw(seed: string, drawn: number, bound: number): number {
  const high = hashText(`${seed}/${drawn}`);
  const low = hashText(`${drawn}\\${seed}`, 0x9747b28c);
  return Math.floor(((high * 2 ** 21 + (low >>> 11)) / 2 ** 53) * bound);
}

const ID_DIGITS = 6;

/** Six base-36 digits. */
export function conversationId(seed: string): string {
  return draw(`conversation/${seed}`, 0, 36 ** ID_DIGITS)
    .toString(36)
    .padStart(ID_DIGITS, "0");
}
