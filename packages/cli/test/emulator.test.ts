import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endAll, ensureBuilt, folder, parley, start } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);
const cleaning: (() => void)[] = [];
afterAll(() => {
  endAll();
  for (const clean of cleaning) clean();
});

const TEMPLATE = { name: "hi", language: "en", category: "UTILITY", components: [{ type: "BODY", text: "Hi!" }] };

function files(content: Readonly<Record<string, string>>): string {
  const { dir, clean } = folder(content);
  cleaning.push(clean);
  return dir;
}

describe("parley emulator", () => {
  test("serves the API and the phones, and verifies the webhook as soon as it is there", async () => {
    const hook = createServer((request, response) => {
      response.end(new URL(request.url ?? "/", "http://bot").searchParams.get("hub.challenge"));
    });
    await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
    const webhook = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/webhook`;
    const dir = files({ "templates.json": JSON.stringify({ data: [{ ...TEMPLATE, id: "1", quality_score: {} }] }) });
    const args = ["emulator", "--port", "0", "--webhook", webhook, "--token", "token", "--templates", "templates.json"];
    const server = start([...args, "--seed", "1"], { cwd: dir });
    const [url = ""] = await server.until(/http:\/\/127\.0\.0\.1:\d+(?=\/v23)/);
    await server.until(/verified itself/);
    const response = await fetch(`${url}/v23.0/102290129340398/message_templates`, {
      headers: { authorization: "Bearer token" },
    });
    expect(await response.json()).toMatchObject({ data: [TEMPLATE] });
    expect(await (await fetch(`${url}/_emulator`)).json()).toMatchObject({ webhook });
    server.child.kill("SIGTERM");
    expect(await server.ended).toBe(0);
    hook.close();
  });

  test.each([
    [["--webhook", "localhost"], "--webhook takes a URL"],
    [["--templates", "none.json"], "none.json cannot be read"],
    [["--templates", "object.json"], "object.json holds no list of templates"],
    [["--templates", "bad.json"], 'bad.json: the template hi: "category" is missing'],
  ] as const)("%j is refused in words", (args, words) => {
    const dir = files({ "object.json": "{}", "bad.json": '[{ "name": "hi", "language": "en", "components": [] }]' });
    const { status, stderr } = parley(["emulator", "--port", "0", ...args], { cwd: dir });
    expect([status, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});
