import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endAll, ensureBuilt, folder, parley, ROOT, start } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);

const PIZZERIA = join(ROOT, "examples/02-pizzeria");
const HELLO = readFileSync(join(ROOT, "examples/01-hello/hello.flow"), "utf8");
const cleaning: (() => void)[] = [];
afterAll(() => {
  endAll();
  for (const clean of cleaning) clean();
});

function files(content: Readonly<Record<string, string>>): string {
  const { dir, clean } = folder(content);
  cleaning.push(clean);
  return dir;
}

const WITH_ACTION = `action oclock() -> 0..23
flow a {
  on message -> s
  state s {
    let h = oclock() else -> end
    say "It is {h} o'clock."
    -> end
  }
}
`;

const ACCOUNT = { PARLEY_TOKEN: "t", PARLEY_APP_SECRET: "s", PARLEY_VERIFY_TOKEN: "v", PARLEY_PHONE_NUMBER_ID: "1" };

interface Bubbles {
  readonly bubbles: readonly { readonly from: string; readonly text?: string; readonly n: number }[];
}

async function say(emulator: string, text: string): Promise<void> {
  const body = JSON.stringify({ type: "text", text });
  const response = await fetch(`${emulator}/_emulator/contacts/393331234567/messages`, { method: "POST", body });
  expect(response.status).toBeLessThan(300);
}

/** Waits until the phone shows a message of the bot with this text. */
async function heard(emulator: string, text: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const { bubbles } = (await (await fetch(`${emulator}/_emulator/contacts/393331234567/history`)).json()) as Bubbles;
    if (bubbles.some((b) => b.from === "business" && b.text?.includes(text))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the bot did not say ${text}`);
}

describe("serve --emulator", () => {
  test("runs the bot over HTTP with SQLite, and stops on SIGTERM", async () => {
    const dir = files({ "parley.yaml": "name: hello\n", "hello.flow": HELLO });
    const server = start(["serve", "--emulator", "--port", "0", "--emulator-port", "0"], { cwd: dir });
    const [, emulator = ""] = await server.until(/phones +(http:\/\/\S+)\/_emulator\//);
    await say(emulator, "hi");
    await heard(emulator, "What can I do for you?");
    expect(existsSync(join(dir, ".parley/emulator.db"))).toBe(true);
    server.child.kill("SIGTERM");
    expect(await server.ended).toBe(0);
  }, 30_000);

  test("the clock that is put forward waits for actions that run, and for what falls due on the way", async () => {
    const flow = WITH_ACTION.replace('    say "It', '    wait 1h\n    say "It').replace(
      "-> 0..23",
      "-> 0..23 timeout 10s",
    );
    const action = "export const oclock = () => new Promise((resolve) => setTimeout(() => resolve(7), 400));\n";
    const dir = files({ "parley.yaml": "name: clock\n", "a.flow": flow, "actions.mjs": action });
    const server = start(["serve", "--emulator", "--port", "0", "--emulator-port", "0"], { cwd: dir });
    const [, emulator = ""] = await server.until(/phones +(http:\/\/\S+)\/_emulator\//);
    await say(emulator, "hi");
    await fetch(`${emulator}/_emulator/clock`, { method: "POST", body: JSON.stringify({ advance: "2h" }) });
    await heard(emulator, "It is 7 o'clock.");
    server.child.kill("SIGTERM");
    expect(await server.ended).toBe(0);
  }, 30_000);

  test("goes on with its conversations after a restart", async () => {
    const dir = files({ "parley.yaml": "name: hello\n", "hello.flow": HELLO });
    const first = start(["serve", "--emulator", "--port", "0", "--emulator-port", "0"], { cwd: dir });
    const [, one = ""] = await first.until(/phones +(http:\/\/\S+)\/_emulator\//);
    await say(one, "hi");
    await heard(one, "What can I do for you?");
    first.child.kill("SIGINT");
    expect(await first.ended).toBe(130);
    const second = start(["serve", "--emulator", "--port", "0", "--emulator-port", "0"], { cwd: dir });
    const [, two = ""] = await second.until(/phones +(http:\/\/\S+)\/_emulator\//);
    await say(two, "opening hours");
    await heard(two, "9 to 17");
    second.child.kill("SIGTERM");
    expect(await second.ended).toBe(0);
  }, 30_000);

  test("the demo plays the bot's test as a conversation and goes on serving", async () => {
    const server = start(["serve", PIZZERIA, "--emulator", "--demo", "--port", "0", "--emulator-port", "0"]);
    await server.until(/The bot goes on serving/, 60_000);
    const said = [
      "Welcome to Parley Pizza",
      "Order a pizza",
      "Margherita",
      "2 × Margherita, Large, for Ana",
      "Order 17 is in the oven",
      "1d2h later",
      "how was your pizza",
      "See you soon",
      "Everything was as the test expects",
    ];
    let rest = server.output();
    for (const text of said) {
      expect(rest).toMatch(new RegExp(text));
      rest = rest.slice(rest.search(text));
    }
    const [, emulator = ""] = await server.until(/phones +(http:\/\/\S+)\/_emulator\//);
    const other = `${emulator}/_emulator/contacts`;
    await fetch(other, { method: "POST", body: JSON.stringify({ phone: "393330000009", name: "Bo" }) });
    await fetch(`${other}/393330000009/messages`, {
      method: "POST",
      body: JSON.stringify({ type: "text", text: "menu" }),
    });
    const history = await (await fetch(`${other}/393330000009/history?wait=5000`)).text();
    expect(history).toContain("menu");
    server.child.kill("SIGINT");
    expect(await server.ended).toBe(130);
  }, 90_000);
});

describe("serve", () => {
  test("without an account says what is missing, and what goes without one", () => {
    const ended = parley(["serve", PIZZERIA], { env: { PARLEY_TOKEN: "t" } });
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain("PARLEY_APP_SECRET");
    expect(ended.stderr).not.toMatch(/PARLEY_TOKEN /);
    expect(ended.stderr).toContain("parley serve --emulator");
  });

  test("answers Meta's verification, and refuses what is not signed", async () => {
    const dir = files({ "hello.flow": HELLO });
    const server = start(["serve", "hello.flow", "--port", "0"], { cwd: dir, env: ACCOUNT });
    const [, url = ""] = await server.until(/webhook at (http:\/\/\S+)/);
    const verify = await fetch(`${url}?hub.mode=subscribe&hub.verify_token=v&hub.challenge=42`);
    expect(await verify.text()).toBe("42");
    expect((await fetch(url, { method: "POST", body: "{}" })).status).toBe(401);
    server.child.kill("SIGTERM");
    expect(await server.ended).toBe(0);
  }, 30_000);

  test("on a port that is taken says so", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const { port } = taken.address() as AddressInfo;
    const server = start(["serve", "hello.flow", "--port", String(port)], {
      cwd: files({ "hello.flow": HELLO }),
      env: ACCOUNT,
    });
    expect(await server.ended).toBe(2);
    expect(server.output()).toContain(`port ${port} is in use`);
    taken.close();
  }, 30_000);

  test("of a bot whose actions are missing or wrong does not start", () => {
    const none = parley(["serve", "--emulator"], { cwd: files({ "parley.yaml": "", "a.flow": WITH_ACTION }) });
    expect(none).toMatchObject({ status: 2, stderr: expect.stringContaining("actions.ts does not exist") });
    const wrong = files({ "parley.yaml": "", "a.flow": WITH_ACTION, "actions.js": "export const clock = () => 1;\n" });
    expect(parley(["serve", "--emulator"], { cwd: wrong })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("actions.js does not implement oclock"),
    });
    const broken = files({ "parley.yaml": "", "a.flow": WITH_ACTION, "actions.mjs": "export const oclock = (;\n" });
    expect(parley(["serve", "--emulator"], { cwd: broken })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("actions.mjs cannot be loaded"),
    });
  }, 30_000);

  test.each([
    ["actions.ts", "export const oclock = (): number => 7;\n"],
    ["actions.js", "export default { oclock: () => 7 };\n"],
    ["actions.mjs", "export function oclock() { return Promise.resolve(7); }\n"],
  ])("takes the host's actions from %s", (name, text) => {
    const dir = files({
      "parley.yaml": "",
      "package.json": '{ "type": "module" }',
      "a.flow": WITH_ACTION,
      [name]: text,
    });
    expect(parley(["chat"], { cwd: dir, input: "hi\n" }).stdout).toContain("It is 7 o'clock.");
  });

  test("of a bot whose environment is not set does not start", () => {
    const dir = files({ "parley.yaml": "env: [SHOP_NAME]\n", "a.flow": HELLO });
    expect(parley(["serve", "--emulator"], { cwd: dir })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("SHOP_NAME"),
    });
  });

  test("--demo needs --emulator", () => {
    expect(parley(["serve", PIZZERIA, "--demo"]).stderr).toBe("error: --demo needs --emulator\n");
  });
});
