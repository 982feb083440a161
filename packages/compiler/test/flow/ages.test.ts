/** The linear analysis of ages against the obvious one, which goes round until nothing changes. Seeded. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agesOf } from "../../src/flow/ages.ts";
import { rootsOf } from "../../src/flow/graph.ts";
import { type Links, linksOf } from "../../src/flow/links.ts";
import { components } from "../../src/flow/scc.ts";
import { showTime } from "../../src/flow/time.ts";
import { analyse } from "../../src/testing.ts";

const TIMES = { openMs: 23 * 3_600_000, marginMs: 300_000, quietMs: 300_000 };

/** More than all the times of one of these programs together: only going round brings an age there. */
const ROUND_AND_ROUND = 200 * 24 * 3_600_000;

/** Plain iteration; what goes on rising has no bound. */
function iterated(links: Links, roots: ReadonlyMap<number, number>): readonly (number | undefined)[] {
  const at: (number | undefined)[] = links.map(() => undefined);
  for (const [root, age] of roots) at[root] = age;
  for (let changed = true; changed; ) {
    changed = false;
    links.forEach((out, from) => {
      const age = at[from];
      if (age === undefined) return;
      for (const { to, add, floor, cap } of out) {
        const passed = add === Number.NEGATIVE_INFINITY ? add : Math.min(age, cap) + add;
        const value = Math.max(passed, floor);
        const known = at[to];
        if (value === Number.NEGATIVE_INFINITY || (known !== undefined && known >= value)) continue;
        at[to] = value > ROUND_AND_ROUND ? Number.POSITIVE_INFINITY : value;
        changed = true;
      }
    });
  }
  return at;
}

const state = fc.constantFrom("s0", "s1", "s2", "s3", "s4");
const hours = fc.integer({ min: 1, max: 30 }).map((n) => `${n}h`);
const piece = fc.oneof(
  fc.constant('say "Hi"'),
  fc.tuple(fc.nat(999), hours).map(([n, d]) => `wait w${n}: ${d}`),
  fc
    .tuple(fc.nat(999), state, hours, state)
    .map(([n, a, d, b]) => `ask q${n}: "Q?" { option x "X" -> ${a} option y "Y" {} after ${d} -> ${b} }`),
  fc.tuple(state).map(([s]) => `if profile.n > 1 { -> ${s} }`),
  fc.tuple(fc.nat(999)).map(([n]) => `call c${n}: g()`),
);
const openPiece = fc
  .tuple(state, fc.boolean())
  .map(([s, not]) => `if ${not ? "not " : ""}window.open { say "Open" -> ${s} }`);

function program(states: readonly (readonly [readonly string[], string])[]): string {
  const blocks = states.map(([pieces, next], i) => `state s${i} { ${pieces.join("\n")} -> ${next} }`);
  return `profile { n: 0..9 = 0 } flow f { on message -> s0 on event e() -> s1 ${blocks.join("\n")} }
    flow g { state a { wait 1h if profile.n > 2 { return } ask "R?" { option z "Z" {} after 2h { typing } } return } }
    flow h { anytime on text "help" -> a state a { wait 2h -> resume } }`;
}

function programs(one: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.array(fc.tuple(fc.array(one, { maxLength: 4 }), state), { minLength: 5, maxLength: 5 }).map(program);
}

function bothWays(text: string): {
  readonly quick: readonly (number | undefined)[];
  readonly slow: readonly (number | undefined)[];
} {
  const { graph } = analyse(text).program;
  const links = linksOf(graph, TIMES, iterated);
  return { quick: agesOf(graph, TIMES).at, slow: iterated(links, new Map(rootsOf(graph).map((root) => [root, 0]))) };
}

test("ages are those of plain iteration", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(programs(piece), (text) => {
      const { quick, slow } = bothWays(text);
      expect(quick).toEqual(slow);
    }),
    { seed: 4, numRuns: 200 },
  );
});

test("with branches of window.open ages are at least those of plain iteration", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(programs(fc.oneof(piece, openPiece)), (text) => {
      const { quick, slow } = bothWays(text);
      for (const [i, age] of quick.entries()) expect(age ?? -1).toBeGreaterThanOrEqual(slow[i] ?? -1);
    }),
    { seed: 5, numRuns: 200 },
  );
});

test("components come with successors first", () => {
  const to = [[1], [2], [0, 3], [4], [], [5]];
  expect(components(6, (i) => to[i] ?? []).map((c) => [...c].sort((a, b) => a - b))).toEqual([
    [4],
    [3],
    [0, 1, 2],
    [5],
  ]);
});

describe("times in words", () => {
  test.each([
    [0, "0 s"],
    [10_000, "10 s"],
    [86_100_000, "23 h 55 min"],
    [90_000_000, "25 h"],
    [93_600_000, "26 h"],
    [345_600_000, "4 d"],
    [Number.POSITIVE_INFINITY, "any time"],
  ])("%d ms is %s", (ms, words) => expect(showTime(ms)).toBe(words));
});
