/** Mistakes whose repair no page of a diagnostic shows, since the page shows another one. */
import { compile, DEFAULT_SETTINGS, type Diagnostic, type Settings } from "../../packages/compiler/src/index.ts";

const inState = (statements: string): string => `flow f { on message -> s state s { ${statements} -> end } }`;

const MISTAKES: readonly string[] = [
  inState(`send image "https://a.example/a" say "Hi"`),
  inState(`ask buttons "Q" { option a "A" "Why" }`),
  inState(`ask "Q" { option a " A " }`),
  inState(`ask form "1" body "Q"`),
  inState(`send image "www.a.example/a.png"`),
  inState(`send products "B" { header "H" when window.open product "a" }`),
  inState(`ask "Q" { option a: "A" }`),
  inState("if 1 = 1 { }"),
  inState("let x = [1, 2"),
  inState("say Hello"),
  inState("let x = (1 + 2 say"),
  `flow f { on message -> s on message -> s on text "a" -> s on text "b", "A" -> s state s { -> end } }`,
  `flow f { on message s state s { -> end } }`,
  `flow f { on message -> s var n: 1..9 state s { say "{n}" -> end } }`,
  `flow f(n: 1..9) { on message -> s state s { say "{n}" -> end } }`,
  `flow f { on message -> s state s { say 'Hi' -> end } }`,
  `action a() -> number ${inState("let x = a() else -> end")}`,
  `template hello() { body "Hello to you all." } flow f { on event e() -> s state s { say "Hi" -> end } }`,
  `// parley-ignore P5006, P5001: why\nflow f { on message -> s state s { let x = 1 -> end } }`,
];

const SETTINGS: Settings = { ...DEFAULT_SETTINGS, env: ["TOKEN"] };

export function repaired(): readonly Diagnostic[] {
  return MISTAKES.flatMap((text) => compile({ settings: SETTINGS, files: [{ path: "main.flow", text }] }).diagnostics);
}
