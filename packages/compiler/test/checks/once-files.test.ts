/** The files whose ways P9003 looks at: what is checked again when one of them changes, and only then. */
import { analyse } from "@parley/compiler/testing";
import { expect, test } from "vitest";
import { leadingToOnce } from "../../src/checks/advice-once.ts";

const PAY = "do pay() else -> end";
const ACTIONS = "action pay() once action look()";

/** Names of the files, each of one flow, that make a difference. */
function lookedAt(flows: Readonly<Record<string, string>>): readonly string[] {
  const files = Object.entries(flows).map(([name, body]) => [name, `flow ${name} { ${body} }`]);
  const { program } = analyse({ actions: ACTIONS, ...Object.fromEntries(files) });
  return [...leadingToOnce(program.graph)].map(({ path }) => path).sort();
}

const START = "on message -> s";
const asks = (next: string): string => `state s { ask "Q?" { option x "X" } ${next} }`;

test.each<readonly [claim: string, flows: Readonly<Record<string, string>>, files: readonly string[]]>([
  ["no file, where nothing is to be done once", { f: `${START} ${asks("do look() else -> end -> end")}` }, []],
  [
    "a flow with the ask and the action, and none beside it",
    { f: `${START} ${asks(`${PAY} -> end`)}`, g: `on text "g" -> s ${asks("-> end")}` },
    ["f"],
  ],
  [
    "a flow whose arrow leads to the action",
    { f: `${START} ${asks("-> g()")}`, g: `state s { ${PAY} -> end }` },
    ["f", "g"],
  ],
  [
    "a flow that calls the one with the action",
    { f: `${START} ${asks("call g() -> end")}`, g: `state s { ${PAY} return }` },
    ["f", "g"],
  ],
  [
    "all that a call before the action comes to, also behind an ask of it",
    {
      f: `${START} ${asks(`call g() ${PAY} -> end`)}`,
      g: `state s { call h() return }`,
      h: `state s { ask "R?" { option x "X" -> k() } return }`,
      k: "state s { return }",
    },
    ["f", "g", "h", "k"],
  ],
  [
    "what a call before the action ends in",
    {
      f: `${START} ${asks(`call g() ${PAY} -> end`)}`,
      g: `state s { ask "R?" { option x "X" -> k() } return }`,
      k: "state s { -> end }",
    },
    ["f", "g", "k"],
  ],
  [
    "what a call ends in that lets no tap through",
    {
      f: `${START} ${asks(`call g() ${PAY} -> end`)}`,
      g: `state s { ask once "R?" { option x "X" -> k() } return }`,
      k: "state s { -> end }",
    },
    ["f", "g", "k"],
  ],
  [
    "no flow that follows the action",
    { f: `${START} ${asks(`${PAY} call g() -> h()`)}`, g: "state s { return }", h: "state s { -> end }" },
    ["f"],
  ],
  [
    "no flow that only leads to the last ask before the action",
    { e: `on message -> s state s { -> f() }`, f: asks(`${PAY} -> end`) },
    ["f"],
  ],
  [
    "no other caller of a flow that is called before the action",
    {
      f: `${START} ${asks(`call g() ${PAY} -> end`)}`,
      g: "state s { return }",
      h: `on text "h" -> s ${asks("call g() -> end")}`,
    },
    ["f", "g"],
  ],
])("%s", (_, flows, files) => expect(lookedAt(flows)).toEqual(files));
