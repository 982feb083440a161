import { expect, test } from "vitest";
import { signatureHelp } from "../../src/features/signature-help.ts";
import { cursorIn } from "../support/projects.ts";

const DECLARED = `/// Places it.
action place(name: text(60), count: 1..20) -> text
template ready(name: text(60) = "Ana", number: text(20) = "17") { category utility locales en body "Hi {name}, {number} is ready now." }
flow help(topic: text) -> bool { state s { return true } }
`;
const at = (statement: string): string =>
  `${DECLARED}flow a { on message -> b\n on scheduled nudge(times: 1..3) -> b\n state b { ${statement} -> end } }`;

test.each([
  ['let x = place("a", ‸', "place(name: text(60), count: 1..20) -> text", "count: 1..20"],
  ["let x = place(‸)", "place(name: text(60), count: 1..20) -> text", "name: text(60)"],
  ['say "{clip(‸', "clip(value: text, size: N): text(N)", "value: text"],
  [
    "send template ready(max(1, 2), ‸",
    'ready(name: text(60) = "Ana", number: text(20) = "17")',
    'number: text(20) = "17"',
  ],
  ["call help(‸", "help(topic: text) -> bool", "topic: text"],
  ["schedule nudge(‸", "nudge(times: 1..3)", "times: 1..3"],
])("%s", (statement, label, active) => {
  const { view, file, offset } = cursorIn(at(statement));
  const found = signatureHelp(view, file, offset);
  const [signature] = found?.signatures ?? [];
  expect(signature?.label).toBe(label);
  const [start, end] = signature?.parameters?.[found?.activeParameter ?? -1]?.label ?? [];
  expect(label.slice(Number(start), Number(end))).toBe(active);
});

test("outside of brackets there is nothing to help with", () => {
  const { view, file, offset } = cursorIn(at("say ‸"));
  expect(signatureHelp(view, file, offset)).toBeUndefined();
});
