/** Several real processes on one database, over real HTTP, with one killed again and again in the middle of its work. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { postgresStore } from "../src/postgres.ts";
import type { Store } from "../src/store.ts";
import { logOf } from "./support/fake-step.ts";
import { findPostgres, type Postgres } from "./support/postgres.ts";
import { change, NUMBER, sender, sign, text, webhook } from "./support/webhooks.ts";

const PROCESSES = 4;
const KILLS = Number(process.env["PARLEY_KILLS"] ?? 3);
const CONTACTS = 8;
const MESSAGES = 6 * KILLS;
const SERVER = fileURLToPath(new URL("support/postgres-server.ts", import.meta.url));
const SCHEMA = "processes";

const start = await findPostgres();
if (typeof start === "string") process.stderr.write(`PostgreSQL is not tested here: ${start}\n`);

/** Deterministic: the same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Taken {
  readonly to: string;
  readonly send: string;
  readonly attempt: number;
  /** When it came, ms. */
  readonly at: number;
}

interface Api {
  readonly url: string;
  readonly taken: Taken[];
  readonly close: () => void;
}

async function startApi(): Promise<Api> {
  const taken: Taken[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      const { biz_opaque_callback_data: data, to } = JSON.parse(body) as Record<string, string>;
      const [, send = "", attempt = ""] = /^v1\.(.+)\.([0-9]+)$/.exec(data ?? "") ?? [];
      taken.push({ to: to ?? "", send, attempt: Number(attempt), at: performance.now() });
      response.end(JSON.stringify({ messages: [{ id: `wamid.${taken.length}` }] }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, taken, close };
}

interface Bot {
  readonly child: ChildProcess;
  readonly url: string;
}

async function startBot(database: string, api: string, schema = SCHEMA, perSecond = 80): Promise<Bot> {
  const args = ["--conditions=@parley/source", SERVER, database, api, schema, String(perSecond)];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout ?? child, "data")) as [Buffer];
  return { child, url: `http://127.0.0.1:${line.toString().trim()}/` };
}

async function kill({ child }: Bot): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

function idOf(contact: number): string {
  return `1650555${String(1000 + contact)}`;
}

function bodyOf(contact: number, index: number, word: string = index % 5 === 4 ? "act" : `${index}`): string {
  const from = { waId: idOf(contact) };
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

function isDone({ sends, actions, held }: Awaited<ReturnType<Store["stats"]>>): boolean {
  return actions === 0 && held === 0 && !sends.ready && !sends.inflight && !sends.doubt;
}

async function untilDone(store: Store, deadline: number): Promise<void> {
  while (!isDone(await store.stats())) {
    if (Date.now() > deadline) throw new Error(`not done: ${JSON.stringify(await store.stats())}`);
    await sleep(100);
  }
}

describe.skipIf(typeof start === "string")("processes on one PostgreSQL", () => {
  let server: Postgres;
  beforeAll(async () => {
    if (typeof start === "string") throw new Error(start);
    server = await start();
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
  });

  test(`of ${PROCESSES} processes one is killed ${KILLS} times: all is stepped once, in order, and sent`, async () => {
    const api = await startApi();
    const next = random(11);
    const bots = await Promise.all(Array.from({ length: PROCESSES }, () => startBot(server.url, api.url)));
    const botAt = (index: number): Bot => {
      const bot = bots[index];
      if (!bot) throw new Error("no such process");
      return bot;
    };
    const any = (): Bot => botAt(Math.floor(next() * PROCESSES));
    const store = postgresStore(server.url, { schema: SCHEMA });
    let acked = 0;
    try {
      const talk = async (contact: number): Promise<void> => {
        for (let index = 0; index < MESSAGES; index++) {
          const body = bodyOf(contact, index);
          while (!(await deliver(any().url, body))) await sleep(20);
          acked += 1;
          if (next() < 0.2) await Promise.all([deliver(any().url, body), deliver(any().url, body)]);
        }
      };
      const reached = async (share: number): Promise<void> => {
        for (let there = acked; there < share; there = acked) await sleep(5);
      };
      const chaos = async (): Promise<void> => {
        for (let round = 1; round <= KILLS; round++) {
          await reached((round * CONTACTS * MESSAGES) / (KILLS + 1));
          const index = Math.floor(next() * PROCESSES);
          await kill(botAt(index));
          bots[index] = await startBot(server.url, api.url);
        }
      };
      await Promise.all([chaos(), ...Array.from({ length: CONTACTS }, (_, contact) => talk(contact))]);

      await untilDone(store, Date.now() + 60_000);
      for (let contact = 0; contact < CONTACTS; contact++) {
        const found = await store.find({ phoneNumberId: NUMBER, waId: idOf(contact) });
        const log = logOf(found?.snapshot ?? null).filter((id) => id.startsWith("c"));
        expect(log).toEqual(Array.from({ length: MESSAGES }, (_, index) => `c${contact}m${index}`));
        const sent = api.taken.filter(({ to }) => to === idOf(contact));
        // An answer to each message, and to each result of an action; what was in doubt came twice at most.
        const first = [...new Set(sent.map(({ send }) => Number(send.split("-")[1])))];
        expect(first).toEqual(first.toSorted((a, b) => a - b));
        expect(first.length).toBe(MESSAGES);
      }
      expect(new Set(api.taken.map(({ send, attempt }) => `${send}.${attempt}`)).size).toBe(api.taken.length);
      const { dedupe, filed, sends } = await store.stats();
      expect({ dedupe, filed, sends }).toEqual({
        dedupe: CONTACTS * MESSAGES,
        filed: 0,
        sends: { accepted: CONTACTS * MESSAGES },
      });
    } finally {
      await Promise.all(bots.map(kill));
      await store.close();
      api.close();
    }
  }, 180_000);

  test("three processes together send no faster than the number may", async () => {
    const perSecond = 50;
    const each = 6;
    const schema = "rates";
    const api = await startApi();
    const bots = await Promise.all(Array.from({ length: 3 }, () => startBot(server.url, api.url, schema, perSecond)));
    const store = postgresStore(server.url, { schema });
    try {
      // Each has heard of the others when it has beaten twice.
      await sleep(500);
      const deliveries = bots.flatMap((bot, index) =>
        Array.from({ length: each }, (_, n) => deliver(bot.url, bodyOf(100 + index * each + n, 0, "ten"))),
      );
      expect((await Promise.all(deliveries)).every(Boolean)).toBe(true);
      await untilDone(store, Date.now() + 30_000);
      const times = api.taken.map(({ at }) => at).toSorted((a, b) => a - b);
      expect(times.length).toBe(3 * each * 10);
      // A second's worth may have been saved up; the rest goes out at the rate of the number, not of each process.
      const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000;
      expect(seconds).toBeGreaterThan((times.length - perSecond) / perSecond - 0.1);
    } finally {
      await Promise.all(bots.map(kill));
      await store.close();
      api.close();
    }
  }, 60_000);
});
