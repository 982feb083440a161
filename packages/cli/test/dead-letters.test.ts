import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endAll, ensureBuilt, folder, parley, ROOT, start } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);

const HELLO = readFileSync(join(ROOT, "examples/01-hello/hello.flow"), "utf8");
const ACCOUNT = {
  PARLEY_TOKEN: "CANARY-token",
  PARLEY_APP_SECRET: "CANARY-secret",
  PARLEY_VERIFY_TOKEN: "CANARY-verify",
  PARLEY_PHONE_NUMBER_ID: "1",
  PARLEY_API_URL: "http://127.0.0.1:9",
  PARLEY_ADMIN_TOKEN: "CANARY-admin",
  PARLEY_LOG: "debug",
  PARLEY_LOG_FORMAT: "json",
};
const cleaning: (() => void)[] = [];
afterAll(() => {
  endAll();
  for (const clean of cleaning) clean();
});

function served() {
  const { dir, clean } = folder({ "hello.flow": HELLO });
  cleaning.push(clean);
  return { dir, ...start(["serve", "hello.flow", "--port", "0", "--admin-port", "0"], { cwd: dir, env: ACCOUNT }) };
}

/** An old message: kept as a dead letter, not stepped. */
async function post(url: string): Promise<number> {
  const message = {
    from: "393331234567",
    id: "wamid.CANARY",
    timestamp: "1600000000",
    type: "text",
    text: { body: "CANARY" },
  };
  const value = {
    messaging_product: "whatsapp",
    metadata: { phone_number_id: "1", display_phone_number: "1" },
    contacts: [{ wa_id: "393331234567", profile: { name: "CANARY" } }],
    messages: [message],
  };
  const body = JSON.stringify({
    object: "whatsapp_business_account",
    entry: [{ id: "1", changes: [{ field: "messages", value }] }],
  });
  const signature = createHmac("sha256", ACCOUNT.PARLEY_APP_SECRET).update(body).digest("hex");
  const headers = { "x-hub-signature-256": `sha256=${signature}` };
  return (await fetch(url, { method: "POST", body, headers })).status;
}

test("dead letters of a running bot are listed and taken up again, and nothing secret is said", async () => {
  const server = served();
  const [, admin = ""] = await server.until(/health and metrics at (http:\/\/127\.0\.0\.1:\d+)/);
  const [, url = ""] = await server.until(/webhook at (http:\/\/\S+)/);
  const env = { PARLEY_ADMIN_TOKEN: ACCOUNT.PARLEY_ADMIN_TOKEN, PARLEY_ADMIN_URL: admin };
  expect(parley(["dead-letters", "list"], { env })).toMatchObject({ status: 0, stdout: "0 dead letters\n" });
  expect(await post(url)).toBe(200);
  const listed = parley(["dead-letters", "list"], { env });
  expect(listed.status).toBe(1);
  expect(listed.stdout).toMatch(/^[0-9a-f]{16} {2}\S+ {2}expired {2}message {2}older than/);
  expect(parley(["dead-letters", "redrive", "00"], { env })).toMatchObject({ status: 1 });
  expect(parley(["dead-letters", "redrive", "--all"], { env })).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/stepped\n$/),
  });
  const metricsOf = async (): Promise<string> => (await fetch(`${admin}/metrics`)).text();
  const metrics = await metricsOf();
  expect(metrics).not.toContain("parley_last_backup_age_seconds");
  expect(parley(["store", "backup", "copy.db"], { cwd: server.dir }).status).toBe(0);
  expect(await metricsOf()).toMatch(/^parley_last_backup_age_seconds \d$/m);
  expect(metrics).toMatch(/^parley_db_bytes [1-9]\d+$/m);
  expect(metrics).toMatch(/^parley_dead_letters 0$/m);
  expect((await fetch(`${admin}/readyz`)).status).toBe(200);
  const wrong = parley(["dead-letters", "list"], { env: { ...env, PARLEY_ADMIN_TOKEN: "x" } });
  expect(wrong).toMatchObject({ status: 2, stderr: "error: the bot does not accept this PARLEY_ADMIN_TOKEN\n" });
  server.child.kill("SIGTERM");
  expect(await server.ended).toBe(0);
  const lines = server
    .output()
    .split("\n")
    .filter((line) => line.startsWith("{"));
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines)
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), msg: expect.any(String) });
  expect(server.output()).not.toMatch(/CANARY|393331234567/);
}, 90_000);

test("without a bot, a token or a thing to do it says what is missing", () => {
  const env = { PARLEY_ADMIN_TOKEN: "t" };
  expect(parley(["dead-letters", "list"]).stderr).toContain("PARLEY_ADMIN_TOKEN is not set");
  const nobody = parley(["dead-letters", "list", "--admin", "http://127.0.0.1:9"], { env });
  expect(nobody).toMatchObject({ status: 2, stderr: expect.stringContaining("no bot answers at http://127.0.0.1:9") });
  expect(parley(["dead-letters", "redrive"], { env }).stderr).toContain("redrive takes ids, or --all");
  expect(parley(["dead-letters", "eat"], { env }).stderr).toContain("there are list and redrive");
}, 60_000);
