import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { understand } from "../src/chat/command.ts";
import { foldersOfThisFile } from "./folders.ts";
import { endAll, ensureBuilt, parley, ROOT, start } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);
afterAll(endAll);
const files = foldersOfThisFile();

const PIZZERIA = ["parley.yaml", "order.flow", "types.flow", "actions.ts"];

function pizzeria(): string {
  const read = (name: string) => readFileSync(join(ROOT, "examples/02-pizzeria", name), "utf8");
  return files(Object.fromEntries(PIZZERIA.map((name) => [name, read(name)])));
}

/** The control API of an emulator, as curl drives it. */
function phonesAt(url: string) {
  const call = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
    const response = await fetch(`${url}/_emulator${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    expect([response.status, answer]).toEqual([200, answer]);
    return answer;
  };
  const heard = async (phone: string, text: string): Promise<void> => {
    for (let i = 0; i < 200; i++) {
      const history = JSON.stringify(await call("GET", `/contacts/${phone}/history`));
      if (history.includes(text)) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`the bot did not say ${text}`);
  };
  return { call, heard, does: (phone: string, act: object) => call("POST", `/contacts/${phone}/messages`, act) };
}

test("what phones do over HTTP is written as tests that pass", async () => {
  const cwd = pizzeria();
  const args = ["serve", "--emulator", "--port", "0", "--emulator-port", "0", "--record", "talk.test.flow"];
  const server = start(args, { cwd });
  const [, url = ""] = await server.until(/phones +(http:\/\/\S+)\/_emulator\//);
  const { call, heard, does } = phonesAt(url);
  const [ana, bo] = ["393331234567", "393330000009"];
  await does(ana, { type: "text", text: "pizza" });
  await heard(ana, "Which pizza");
  await call("POST", "/contacts", { phone: bo, name: "Bo" });
  await does(bo, { type: "text", text: "hi" });
  await heard(bo, "Welcome");
  await call("POST", "/clock", { advance: "2h" });
  await heard(ana, "Still hungry");
  await does(ana, { type: "tap", option: "Diavola" });
  await heard(ana, "What size");
  await does(bo, { type: "tap", option: "Opening hours" });
  await heard(bo, "from 11 to 23");
  server.child.kill("SIGINT");
  expect(await server.ended).toBe(130);
  expect(server.output()).toContain("written to talk.test.flow, 2 tests: parley test runs them");
  const written = readFileSync(join(cwd, "talk.test.flow"), "utf8");
  expect(written).toMatch(/test "talk: You" in order \{\n {2}mock menu = \[[\s\S]*user says "pizza"/);
  expect(written).toMatch(/advance 2h\n {2}expect text containing "Still hungry[\s\S]*user taps dia\n/);
  expect(written).toMatch(/test "talk: Bo" in order[\s\S]*advance 2h\n {2}user taps hours/);
  expect(parley(["test"], { cwd })).toMatchObject({ status: 0, stdout: expect.stringContaining("2 tests passed") });
  expect(parley(["fmt", "--check"], { cwd }).status).toBe(0);
}, 60_000);

test("the example of the page on testing becomes the test that stands there", async () => {
  const page = readFileSync(join(ROOT, "docs/testing.md"), "utf8");
  const cwd = pizzeria();
  const args = ["serve", "--emulator", "--port", "0", "--emulator-port", "0", "--record", "talk.test.flow"];
  expect(page).toContain(`parley ${args.filter((arg) => !/port|^0/.test(arg)).join(" ")}\n`);
  const server = start(args, { cwd });
  const [, url = ""] = await server.until(/phones +(http:\/\/\S+)\/_emulator\//);
  const calls = Array.from(page.matchAll(/^curl (\S+) -d '(.*)'$/gm), ([, address = "", body = ""]) => {
    const { hostname, pathname } = new URL(
      address.replace(/"/g, "").replace("$PHONE", "http://127.0.0.1:8081/_emulator/contacts/393331234567"),
    );
    expect(hostname).toBe("127.0.0.1");
    return [pathname.replace("/_emulator", ""), JSON.parse(body) as object] as const;
  });
  const { call, heard } = phonesAt(url);
  const answers = ["Which pizza", "Still hungry", "What size"];
  expect(calls).toHaveLength(answers.length);
  for (const [i, [path, body]] of calls.entries()) {
    await call("POST", path, body);
    await heard("393331234567", answers[i] ?? "");
  }
  server.child.kill("SIGTERM");
  expect(await server.ended).toBe(0);
  expect(page).toContain(`\`\`\`\n${readFileSync(join(cwd, "talk.test.flow"), "utf8")}\`\`\`\n`);
}, 60_000);

test("a file that is there, one that holds no tests, and a bot without an emulator are refused before anything starts", () => {
  const cwd = pizzeria();
  const refused = (...args: readonly string[]) => parley(["serve", ...args], { cwd });
  expect(refused("--emulator", "--record", "order.flow")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("order.flow is there already"),
  });
  expect(refused("--emulator", "--record", "talk")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("a test stands in a .flow file: talk.test.flow"),
  });
  expect(refused("--record", "talk.test.flow")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("--record needs --emulator"),
  });
  expect(existsSync(join(cwd, ".parley"))).toBe(false);
});

test("a chat says an event, the end of a hand-off and the hours of the clock in the words of a test", () => {
  const cwd = pizzeria();
  const input = [
    '/event order_ready("Ana", "17")',
    "/tap Where is it?",
    "/tap Nothing of the kind",
    "/event order_ready(1)",
    "menu",
    "/advance 2h",
    "/tap Back",
    "/tap Talk to a person",
    "/release",
    "/test talk.test.flow",
    "",
  ].join("\n");
  const { stdout } = parley(["chat"], { cwd, input });
  expect(stdout).toContain('no message on You\'s phone has an option "Nothing of the kind"');
  expect(stdout).toContain("written to talk.test.flow: parley test runs it");
  const written = readFileSync(join(cwd, "talk.test.flow"), "utf8");
  const steps = written.match(/^ {2}(?:event|user|advance|release).*/gm);
  expect(steps).toEqual([
    '  event order_ready("Ana", "17")',
    "  user taps where",
    '  user says "menu"',
    "  advance 2h",
    "  user taps back",
    "  user taps person",
    "  release",
  ]);
  expect(parley(["test"], { cwd })).toMatchObject({ status: 0, stdout: expect.stringContaining("1 test passed") });
}, 60_000);

test.each([
  ['/event order_ready("Ana", 17)', { kind: "event", name: "order_ready", args: ["Ana", 17] }],
  ["/event closing", { kind: "event", name: "closing", args: [] }],
  ["/event closing()", { kind: "event", name: "closing", args: [] }],
  ["/event closing(Ana)", { kind: "wrong" }],
  ["/event", { kind: "wrong" }],
  ["/release", { kind: "release" }],
])("%s", (line, said) => {
  expect(understand(line, [])).toMatchObject(said);
});
