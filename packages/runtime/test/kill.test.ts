/** The real server over real HTTP, killed in the middle of its work. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sqliteStore } from "../src/sqlite.ts";
import { logOf } from "./support/fake-step.ts";
import { change, NUMBER, sender, sign, text, webhook } from "./support/webhooks.ts";

const KILLS = 5;
const CONTACTS = 8;
const MESSAGES = 40;

const SERVER = fileURLToPath(new URL("support/kill-server.ts", import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-kill-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Deterministic: the same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Api {
  readonly url: string;
  /** Callback data of everything taken, in order. */
  readonly taken: string[];
  readonly close: () => void;
}

async function startApi(): Promise<Api> {
  const taken: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      taken.push((JSON.parse(body) as { biz_opaque_callback_data: string }).biz_opaque_callback_data);
      response.end(JSON.stringify({ messages: [{ id: `wamid.${taken.length}` }] }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, taken, close };
}

interface Bot {
  readonly child: ChildProcess;
  readonly url: string;
}

async function startBot(path: string, apiUrl: string): Promise<Bot> {
  const child = spawn(process.execPath, ["--conditions=@parley/source", SERVER, path, apiUrl], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout ?? child, "data")) as [Buffer];
  return { child, url: `http://127.0.0.1:${line.toString().trim()}/` };
}

async function kill({ child }: Bot): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

function bodyOf(contact: number, index: number): string {
  const from = { waId: `1650555${String(1000 + contact)}` };
  const word = index % 5 === 4 ? "act" : `${index}`;
  return webhook(
    change({ contacts: [sender(from)], messages: [text(`c${contact}m${index}`, Date.now(), word, from)] }),
  );
}

/** True when the bot said that it has it. */
async function deliver(url: string, body: string): Promise<boolean> {
  const headers = { "content-type": "application/json", "x-hub-signature-256": sign(body) };
  return fetch(url, { method: "POST", body, headers }).then(
    (response) => response.status === 200,
    () => false,
  );
}

test(`${KILLS} times killed in the middle of it, every message is stepped once and in order`, async () => {
  const path = join(folder, "bot.db");
  const api = await startApi();
  const next = random(7);
  const done = new Map<number, number>();
  let bot = await startBot(path, api.url);
  try {
    for (let round = 0; round <= KILLS; round++) {
      const last = round === KILLS;
      let acked = 0;
      let killed: Promise<void> | undefined;
      const killAfter = last ? Number.POSITIVE_INFINITY : 10 + Math.floor(next() * 40);
      const talk = async (contact: number): Promise<void> => {
        for (let index = done.get(contact) ?? 0; index < MESSAGES; index = done.get(contact) ?? 0) {
          const body = bodyOf(contact, index);
          if (!(await deliver(bot.url, body))) return;
          done.set(contact, index + 1);
          if (next() < 0.2) await deliver(bot.url, body);
          acked += 1;
          if (acked === killAfter) killed = kill(bot);
        }
      };
      await Promise.all(Array.from({ length: CONTACTS }, (_, contact) => talk(contact)));
      if (last) break;
      await (killed ?? kill(bot));
      bot = await startBot(path, api.url);
    }
  } finally {
    await kill(bot);
    api.close();
  }
  const store = sqliteStore(path);
  for (let contact = 0; contact < CONTACTS; contact++) {
    const found = await store.find({ phoneNumberId: NUMBER, waId: `1650555${String(1000 + contact)}` });
    const log = logOf(found?.snapshot ?? null).filter((id) => id.startsWith("c"));
    const held = Array.from({ length: MESSAGES }, (_, index) => `c${contact}m${index}`);
    // Messages behind an action whose result was not there yet at the last kill are held, not lost.
    expect(log).toEqual(held.slice(0, log.length));
  }
  const { dedupe, held, filed } = await store.stats();
  expect({ dedupe, filed }).toEqual({ dedupe: CONTACTS * MESSAGES, filed: 0 });
  expect(held).toBeLessThan(CONTACTS * MESSAGES);
  // In the 90 seconds of a doubt nothing is sent again.
  expect(new Set(api.taken).size).toBe(api.taken.length);
  expect(api.taken.length).toBeGreaterThan(0);
  await store.close();
}, 60_000);
