/** Random decisions that a seed repeats. */
export interface Dice {
  /** From 0 up to, not including, `n`. */
  readonly below: (n: number) => number;
  readonly of: <T>(list: readonly T[]) => T;
  /** True about `percent` times of a hundred. */
  readonly chance: (percent: number) => boolean;
}

export function diceOf(seed: number): Dice {
  let state = Math.imul(seed, 0x9e3779b1) | 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(random() * n);
  return {
    below,
    of: <T>(list: readonly T[]): T => {
      for (const chosen of list.slice(below(list.length))) return chosen;
      throw new RangeError("nothing to choose from");
    },
    chance: (percent) => below(100) < percent,
  };
}
