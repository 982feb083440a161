import { compile, DEFAULT_SETTINGS } from "@parley/compiler";
import { expect, test, vi } from "vitest";
import { runTests } from "../src/index.ts";

const PROGRAM = `action rate() -> { value: number }
  GET "https://api.example/rate"
flow f {
  on message -> s
  state s {
    let r = rate() else { say "failed" -> end }
    say "{r.value}"
    -> end
  }
}
test "nothing says what it answers" in f {
  user says "hi"
  expect text
}`;

test("no request is made in a test: one that is not mocked fails it", async () => {
  const { output } = compile({ settings: DEFAULT_SETTINGS, files: [{ path: "f.flow", text: PROGRAM }] });
  const fetch = vi.spyOn(globalThis, "fetch");
  if (!output) throw new Error("the program does not compile");
  const { results } = await runTests({ machine: output.machine, tests: output.tests });
  expect(results.map(({ failure }) => failure?.message)).toEqual([
    "the action `rate` was called, and the test does not say what it answers",
  ]);
  expect(fetch).not.toHaveBeenCalled();
  fetch.mockRestore();
});
