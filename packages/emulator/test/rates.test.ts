/** Faults at a rate, and those that single shots in `faults.test.ts` do not show. */
import { describe, expect, test } from "vitest";
import { ConnectionCut, createEmulator, realClock } from "../src/index.ts";
import { ANA, harness, START, text } from "./harness.ts";

const HOUR = 3_600_000;

describe("a fault with a rate", () => {
  async function hit(seed: string, others: readonly string[] = []): Promise<readonly number[]> {
    const { ana, emulator, messages } = harness();
    emulator.inject({ kind: "duplicate", rate: 0.3, seed });
    for (let i = 0; i < 200; i++) {
      ana.says(String(i));
      for (const other of others) emulator.phone(other).says("x");
    }
    await emulator.settle();
    const mine = messages().filter(({ contact }) => contact.waId === ANA);
    const texts = mine.map(({ message }) => (message.type === "text" ? Number(message.text.body) : -1));
    return texts.filter((text_, i) => texts.indexOf(text_) < i);
  }

  test("hits its share, the same for the same seed, whatever others do", async () => {
    const hits = await hit("one");
    expect(hits.length).toBeGreaterThan(40);
    expect(hits.length).toBeLessThan(80);
    expect(await hit("one")).toEqual(hits);
    expect(await hit("one", ["4917012345"])).toEqual(hits);
    expect(await hit("two")).not.toEqual(hits);
  });

  test("stays until it is cleared, or so many times", async () => {
    const { emulator, ana, posted } = harness();
    emulator.inject({ kind: "duplicate", rate: 1, times: 2 });
    for (const word of ["a", "b", "c"]) ana.says(word);
    await emulator.settle();
    expect(posted).toHaveLength(5);
    emulator.inject({ kind: "lostStatus", rate: 1 });
    expect(emulator.faults()).toEqual([{ kind: "lostStatus", rate: 1 }]);
    emulator.clearFaults();
    expect(emulator.faults()).toEqual([]);
  });

  test("is refused where it is none", async () => {
    const { emulator, control } = harness();
    expect(() => emulator.inject({ kind: "duplicate", rate: 2 })).toThrow(RangeError);
    expect(() => emulator.inject({ kind: "duplicate", times: 0 })).toThrow(RangeError);
    expect((await control("POST", "/faults", { kind: "duplicate", rate: 2 })).status).toBe(400);
    expect((await control("POST", "/faults", { kind: "late" })).body.error.message).toBe('"ms" is missing');
    const real = createEmulator({ clock: realClock });
    expect(() => real.inject({ kind: "clockJump", ms: 1 })).toThrow("cannot jump");
  });

  test("over the control API as in process", async () => {
    const { control } = harness();
    const late = { kind: "late", ms: "1h", upToMs: "2d", rate: 0.05, seed: "s" };
    expect((await control("POST", "/faults", late)).body.faults).toEqual([{ ...late, ms: HOUR, upToMs: 48 * HOUR }]);
  });
});

describe("other faults", () => {
  test("reordered: after the next one, or after a while", async () => {
    const { ana, emulator, messages } = harness();
    emulator.inject({ kind: "reorder" });
    ana.says("first");
    ana.says("second");
    emulator.inject({ kind: "reorder", ms: 5000 });
    ana.says("third");
    const texts = (): readonly unknown[] =>
      messages().map(({ message }) => message.type === "text" && message.text.body);
    await emulator.settle();
    expect(texts()).toEqual(["second", "first"]);
    await emulator.advance(5000);
    expect(texts()).toEqual(["second", "first", "third"]);
  });

  test("late by days, between two times", async () => {
    const { ana, emulator, messages } = harness();
    emulator.inject({ kind: "late", ms: 24 * HOUR, upToMs: 72 * HOUR });
    ana.says("hi");
    await emulator.advance(24 * HOUR - 1);
    expect(messages()).toHaveLength(0);
    await emulator.advance(48 * HOUR + 1);
    expect(messages()[0]?.timestampMs).toBe(START);
  });

  test("statuses are lost, late and doubled", async () => {
    const { ana, api, emulator, statuses } = harness({ delays: { read: null } });
    ana.says("hi");
    emulator.inject({ kind: "lostStatus" });
    emulator.inject({ kind: "duplicate", of: "statuses" });
    await api(text("a"));
    await emulator.settle();
    expect(statuses().map((one) => one.status)).toEqual(["delivered", "delivered"]);
    emulator.inject({ kind: "late", ms: HOUR, of: "statuses" });
    await api(text("b"));
    await emulator.advance(HOUR);
    expect(statuses().map((one) => one.status)).toEqual(["delivered", "delivered", "delivered", "sent"]);
  });

  test("429 with a time to wait", async () => {
    const { emulator } = harness();
    emulator.inject({ kind: "apiStatus", status: 429, retryAfterS: 7 });
    const response = await emulator.fetch(
      new Request("http://emulator/v23.0/106540352242922/messages", {
        method: "POST",
        headers: { authorization: "Bearer token" },
      }),
    );
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "7"]);
  });

  test("a slow answer takes its time, and the message is on its way nevertheless", async () => {
    const { ana, api, emulator, clock } = harness();
    ana.says("hi");
    emulator.inject({ kind: "slow", ms: 40_000 });
    expect((await api(text("a"))).status).toBe(200);
    expect(clock.now() - START).toBe(40_000);
    await emulator.settle();
    expect(ana.history.at(-1)?.text).toBe("a");
  });

  test("a client that does not wait so long is cut off", async () => {
    const { emulator, clock } = harness();
    const abort = new AbortController();
    clock.setTimeout(() => abort.abort(), 30_000);
    emulator.inject({ kind: "slow", ms: 40_000 });
    const request = new Request("http://emulator/v23.0/106540352242922/messages", {
      method: "POST",
      headers: { authorization: "Bearer token" },
      body: JSON.stringify(text("a")),
      signal: abort.signal,
    });
    await expect(emulator.fetch(request)).rejects.toThrow(ConnectionCut);
  });

  test("the clock leaps after a message", async () => {
    const { ana, emulator, clock, messages } = harness();
    emulator.inject({ kind: "clockJump", ms: HOUR });
    ana.says("hi");
    expect(clock.now()).toBe(START + HOUR);
    await emulator.settle();
    expect(messages()[0]?.timestampMs).toBe(START);
  });
});

describe("batches", () => {
  test("several updates of several kinds and users in one webhook, in their order", async () => {
    const { ana, api, emulator, posted, items } = harness({ batching: { most: 100, waitMs: 1000 } });
    ana.says("a");
    ana.says("b");
    emulator.phone("4917012345").says("c");
    await api(text("d"));
    await emulator.advance(1000);
    expect(posted).toHaveLength(1);
    const body = JSON.parse(posted[0]?.text ?? "") as { entry: { changes: { value: Record<string, unknown[]> }[] }[] };
    const values = body.entry.flatMap(({ changes }) => changes.map(({ value }) => value));
    expect(body.entry.length).toBeGreaterThan(1);
    expect(values.some((value) => (value["statuses"]?.length ?? 0) > 1)).toBe(true);
    expect(body.entry.some(({ changes }) => changes.length > 1)).toBe(true);
    expect(items()).toHaveLength(6);
  });

  test("a full batch does not wait, and one that is refused comes again as it was", async () => {
    const { ana, answers, emulator, posted } = harness({ batching: { most: 2, waitMs: 60_000 } });
    answers.push(500);
    ana.says("a");
    ana.says("b");
    ana.says("c");
    await emulator.settle();
    expect(posted).toHaveLength(1);
    await emulator.advance(5000);
    expect(posted.map((one) => one.items.length)).toEqual([2, 2]);
    expect(posted[1]?.text).toBe(posted[0]?.text);
    await emulator.advance(60_000);
    expect(posted.map((one) => one.items.length)).toEqual([2, 2, 1]);
  });
});
