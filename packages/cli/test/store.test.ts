import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPostgres, type Postgres } from "../../runtime/test/support/postgres.ts";
import { endAll, ensureBuilt, folder, parley, ROOT, start } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);

const HELLO = readFileSync(join(ROOT, "examples/01-hello/hello.flow"), "utf8");
const NUMBER = "106540352242922";
const ACCOUNT = {
  PARLEY_TOKEN: "t",
  PARLEY_APP_SECRET: "s",
  PARLEY_VERIFY_TOKEN: "v",
  PARLEY_PHONE_NUMBER_ID: NUMBER,
  // Nobody is there: what the bot says waits in the store.
  PARLEY_API_URL: "http://127.0.0.1:9",
};
const { dir, clean } = folder({ "parley.yaml": "name: hello\n", "hello.flow": HELLO });
afterAll(() => {
  endAll();
  clean();
});

async function say(url: string, id: string): Promise<void> {
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "15550783881", phone_number_id: NUMBER },
    contacts: [{ profile: { name: "Ana" }, wa_id: "16505551234" }],
    messages: [
      { from: "16505551234", id, timestamp: String(Math.floor(Date.now() / 1000)), type: "text", text: { body: "hi" } },
    ],
  };
  const body = JSON.stringify({
    object: "whatsapp_business_account",
    entry: [{ id: "1", changes: [{ field: "messages", value }] }],
  });
  const signature = `sha256=${createHmac("sha256", "s").update(body).digest("hex")}`;
  const response = await fetch(url, { method: "POST", body, headers: { "x-hub-signature-256": signature } });
  expect(response.status).toBe(200);
}

function serving(...args: readonly string[]): ReturnType<typeof start> {
  return start(["serve", "--port", "0", ...args], { cwd: dir, env: ACCOUNT });
}

const SERVES = /webhook at (\S+)/;

test("a second process is refused; one on standby takes over when the first ends", async () => {
  const first = serving();
  const url = (await first.until(SERVES))[1] ?? "";
  await say(url, "wamid.1");
  const second = parley(["serve", "--port", "0"], { cwd: dir, env: ACCOUNT });
  expect([second.status, second.stderr]).toEqual([2, expect.stringContaining("in use by another process")]);
  expect(parley(["store", "export"], { cwd: dir }).stderr).toContain("in use by another process");
  expect(parley(["store", "backup", "copy.db"], { cwd: dir }).status).toBe(0);
  const standby = serving("--standby");
  await standby.until(/standing by/);
  first.child.kill("SIGTERM");
  expect(await first.ended).toBe(0);
  await standby.until(SERVES);
  standby.child.kill("SIGTERM");
  expect(await standby.ended).toBe(0);
  const copied = parley(["store", "export", "--database", "copy.db"], { cwd: dir });
  expect(copied.stderr).toMatch(/exported \d+ rows: 1 contacts/);
});

test("a plan counts the people of an export whom a deployment would strand", () => {
  expect(parley(["store", "export", "people.jsonl"], { cwd: dir }).status).toBe(0);
  const gone = folder({ "parley.yaml": "name: hello\n", "hello.flow": HELLO.replaceAll("welcome", "greeting") });
  const plan = (newer: string): ReturnType<typeof parley> =>
    parley(["plan", ".", newer, "--sessions", "people.jsonl"], { cwd: dir });
  expect(plan(".")).toMatchObject({ status: 0 });
  const { status, stdout } = plan(gone.dir);
  expect([status, stdout]).toEqual([
    1,
    expect.stringContaining("1 of 1 conversation would be stranded:\n  hello.welcome: 1"),
  ]);
  gone.clean();
});

test("what is no database is said", () => {
  expect(parley(["store", "export", "--database", "nowhere.db"], { cwd: dir }).stderr).toContain("does not exist");
  expect(parley(["store", "export", "--database", "mysql://x/y"], { cwd: dir }).stderr).toContain("postgres://");
  expect(parley(["store", "burn"], { cwd: dir }).stderr).toContain("there are export, import, backup");
  const closed = parley(["store", "export", "--database", "postgres://u:secret@127.0.0.1:9/x"], { cwd: dir });
  expect([closed.status, closed.stderr]).toEqual([
    2,
    expect.stringContaining("postgres://127.0.0.1:9/x cannot be used"),
  ]);
  expect(closed.stderr).not.toContain("secret");
});

const postgres = await findPostgres();

describe.skipIf(typeof postgres === "string")("with PostgreSQL", () => {
  let server: Postgres;
  beforeAll(async () => {
    if (typeof postgres === "string") throw new Error(postgres);
    server = await postgres();
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
  });

  test("conversations are carried from SQLite to PostgreSQL, go on there, and are carried back", async () => {
    const database = `${server.url}?schema=carried`;
    expect(parley(["store", "export", "a.jsonl"], { cwd: dir }).status).toBe(0);
    const imported = parley(["store", "import", "a.jsonl", "--database", database], { cwd: dir });
    expect([imported.status, imported.stderr]).toEqual([0, expect.stringContaining("1 contacts")]);
    expect(imported.stderr).not.toContain("password");
    expect(parley(["store", "export", "b.jsonl", "--database", database], { cwd: dir }).status).toBe(0);
    expect(readFileSync(join(dir, "b.jsonl"), "utf8")).toBe(readFileSync(join(dir, "a.jsonl"), "utf8"));

    const bots = [serving("--database", database), serving("--database", database)];
    for (const [index, bot] of bots.entries()) await say((await bot.until(SERVES))[1] ?? "", `wamid.p${index}`);
    const busy = parley(["store", "export", "--database", database], { cwd: dir });
    expect([busy.status, busy.stderr]).toEqual([2, expect.stringContaining("is in use by process")]);
    for (const bot of bots) {
      bot.child.kill("SIGTERM");
      expect(await bot.ended).toBe(0);
    }
    expect(parley(["store", "export", "c.jsonl", "--database", database], { cwd: dir }).status).toBe(0);
    expect(parley(["store", "import", "c.jsonl", "--database", "back.db"], { cwd: dir }).status).toBe(0);
    const back = parley(["store", "export", "--database", "back.db"], { cwd: dir });
    expect(back.stdout).toBe(readFileSync(join(dir, "c.jsonl"), "utf8"));
    expect(back.stdout.split("\n").filter((line) => line.startsWith('["dedupe"')).length).toBe(3);
  });
});
