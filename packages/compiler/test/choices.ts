/** Decisions read off a list of numbers, so that a shorter list with smaller numbers makes a simpler thing: it shrinks. */
export interface Choices {
  /** From 0 up to, not including, `n`; 0 once the list has ended. */
  readonly below: (n: number) => number;
  readonly of: <T>(...list: readonly T[]) => T;
  /** True about `percent` times of a hundred; false once the list has ended. */
  readonly chance: (percent: number) => boolean;
}

export function choicesOf(numbers: readonly number[]): Choices {
  let at = 0;
  const below = (n: number): number => (numbers[at++] ?? 0) % n;
  return {
    below,
    of: <T>(...list: readonly T[]): T => {
      const one = list[below(list.length)];
      if (one === undefined) throw new RangeError("nothing to choose from");
      return one;
    },
    chance: (percent) => below(100) >= 100 - percent,
  };
}
