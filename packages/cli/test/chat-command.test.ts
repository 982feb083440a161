import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { understand } from "../src/chat/command.ts";
import { foldersOfThisFile } from "./folders.ts";
import { ensureBuilt, parley, ROOT } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);
const files = foldersOfThisFile();

test.each([
  ["/order soap", { kind: "order", items: [{ sku: "soap", quantity: 1 }] }],
  [
    "/order soap 2, towel-xl 12",
    {
      kind: "order",
      items: [
        { sku: "soap", quantity: 2 },
        { sku: "towel-xl", quantity: 12 },
      ],
    },
  ],
  ['/form {"name": "Ana", "guests": 4}', { kind: "form", response: { name: "Ana", guests: 4 } }],
])("%s", (line, said) => {
  expect(understand(line, [])).toEqual(said);
});

test.each([
  "/order",
  "/order soap two",
  "/order soap 0",
  "/order soap,,towel",
  "/form",
  "/form Ana",
  "/form [1]",
  "/form 4",
])("%s is told how to write it", (line) => {
  expect(understand(line, [])).toMatchObject({
    kind: "wrong",
    problem: expect.stringMatching(/^\/(order|form) needs/),
  });
});

test("a chat is written as a test that passes", () => {
  const hello = readFileSync(join(ROOT, "examples/01-hello/hello.flow"), "utf8").replace(/\ntest "[\s\S]*/, "\n");
  const cwd = files({ "parley.yaml": "name: hello\n", "hello.flow": hello });
  const chat = parley(["chat"], {
    cwd,
    input: "hi\nwhat?\n2\n/test talk.test.flow\n/test talk.test.flow\n/test talk\n",
  });
  expect(chat.stdout).toContain("written to talk.test.flow");
  expect(chat.stdout).toContain("talk.test.flow is there already");
  expect(chat.stdout).toContain("a test stands in a .flow file");
  const written = readFileSync(join(cwd, "talk.test.flow"), "utf8");
  expect(written).toContain('test "talk" in hello {\n  user says "hi"\n  expect buttons containing "Hello!');
  expect(written).toMatch(/user taps hours\n {2}expect text containing "We are here/);
  expect(parley(["test"], { cwd })).toMatchObject({ status: 0, stdout: expect.stringContaining("1 test passed") });
});
