import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createEmulator, createShiftedClock, createVirtualClock } from "../src/index.ts";
import { serveEmulator } from "../src/node.ts";
import { ANA, START } from "./harness.ts";

const PAGE = readFileSync(new URL("../../../docs/emulator.md", import.meta.url), "utf8");

interface Call {
  readonly line: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

const VARIABLES: Readonly<Record<string, string>> = {
  $EMULATOR: "http://emulator.test",
  $PHONE: `http://emulator.test/_emulator/contacts/${ANA}`,
  $BOT: "http://bot.test",
};

function filled(text: string): string {
  return text.replaceAll("'$BOT'", "$BOT").replace(/\$[A-Z]+/g, (name) => VARIABLES[name] ?? name);
}

/** The curl commands of the page's shell blocks, in order. */
function calls(page: string): readonly Call[] {
  const blocks = Array.from(page.matchAll(/```sh\n([\s\S]*?)```/g), (match) => match[1] ?? "").join("\n");
  return Array.from(
    filled(blocks).matchAll(/^curl -s((?: -X [A-Z]+| -H '[^']*'| "[^"]*"| -d '[^']*')+)/gm),
    ([line, rest = ""]) => {
      const headers = Array.from(rest.matchAll(/-H '([^:]+): ([^']*)'/g), ([, name = "", value = ""]) => [name, value]);
      const body = / -d '([^']*)'/.exec(rest)?.[1];
      return {
        line: line.slice(0, 100),
        method: / -X ([A-Z]+)/.exec(rest)?.[1] ?? "GET",
        url: / "([^"]*)"/.exec(rest)?.[1] ?? "",
        headers: Object.fromEntries(headers) as Record<string, string>,
        ...(body === undefined ? {} : { body }),
      };
    },
  );
}

function example(name: string): string {
  return readFileSync(new URL(`./examples/${name}`, import.meta.url), "utf8");
}

const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe("docs/emulator.md", () => {
  test("its TypeScript works", async () => {
    expect(PAGE).toContain(`\`\`\`ts\n${example("test.ts")}\`\`\``);
    expect((await import("./examples/test.ts")).default).toEqual([["hi", "Hello Ana"], 4]);
  });

  test.skipIf(!hasPython)("its Python works", async () => {
    expect(PAGE).toContain(`\`\`\`python\n${example("client.py")}\`\`\``);
    const emulator = createEmulator({ clock: createShiftedClock(), contacts: [{ phone: ANA, name: "Ana" }] });
    const server = await serveEmulator(emulator);
    const path = fileURLToPath(new URL("./examples/client.py", import.meta.url));
    const child = spawn("python3", [path], { env: { ...process.env, EMULATOR: server.url } });
    let output = "";
    child.stdout.on("data", (part: Buffer) => {
      output += part.toString();
    });
    await new Promise((resolve) => child.on("close", resolve));
    await server.close();
    expect(output).toBe("['ciao', 'Hello from Python']\n");
  });

  test("has as many readable commands as it has commands", () => {
    expect(calls(PAGE)).toHaveLength(PAGE.match(/^curl /gm)?.length ?? 0);
    expect(calls(PAGE).length).toBeGreaterThan(20);
  });

  test("its commands work in their order", async () => {
    const clock = createVirtualClock(START);
    const emulator = createEmulator({
      clock,
      contacts: [{ phone: ANA, name: "Ana" }],
      fetch: async (request) => new Response(new URL(request.url).searchParams.get("hub.challenge")),
    });
    for (const { line, method, url, headers, body } of calls(PAGE)) {
      const response = await emulator.fetch(
        new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }),
      );
      expect([line, response.status, response.status === 200 ? "" : await response.text()]).toEqual([line, 200, ""]);
      await emulator.settle();
    }
    expect(emulator.phone(ANA).history.map((bubble) => bubble.kind)).toContain("buttons");
  });
});
