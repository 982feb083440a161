/** A stream of numbers that is the same for the same seed. Not for secrets. */
export interface Random {
  /** Whole number from 0 to below `n`. */
  readonly below: (n: number) => number;
  /** `length` upper-case hex digits. */
  readonly hex: (length: number) => string;
  /** `length` decimal digits, the first not 0. */
  readonly digits: (length: number) => string;
}

function hash(seed: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) value = Math.imul(value ^ seed.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/** Mulberry32. */
export function createRandom(seed: string): Random {
  let state = hash(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  const of = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[below(alphabet.length)]).join("");
  return {
    below,
    hex: (length) => of("0123456789ABCDEF", length),
    digits: (length) => of("123456789", 1) + of("0123456789", length - 1),
  };
}
