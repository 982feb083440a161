import { describe, expect, test } from "vitest";
import { ConnectionCut } from "../src/index.ts";
import { ANA, harness, START, text } from "./harness.ts";

describe("faults", () => {
  test("duplicate: the same webhook twice, once only", async () => {
    const { ana, emulator, posted } = harness();
    emulator.inject({ kind: "duplicate" });
    ana.says("hi");
    ana.says("there");
    await emulator.settle();
    expect(posted).toHaveLength(3);
    expect(posted[0]?.text).toBe(posted[1]?.text);
    expect(emulator.faults()).toEqual([]);
  });

  test("late: overtaken by what was written after it, with the time at which it was written", async () => {
    const { ana, emulator, messages } = harness();
    emulator.inject({ kind: "late", ms: 3_600_000 });
    ana.says("first");
    ana.says("second");
    await emulator.advance(3_599_999);
    expect(messages().map((item) => item.message)).toMatchObject([{ text: { body: "second" } }]);
    await emulator.advance(1);
    expect(messages()[1]).toMatchObject({ message: { text: { body: "first" } }, timestampMs: START });
  });

  test("failed delivery: accepted, then 131026 by webhook, and never on the phone", async () => {
    const { ana, api, emulator, statuses } = harness();
    ana.says("hi");
    emulator.inject({ kind: "failDelivery" });
    expect((await api(text("lost"))).status).toBe(200);
    await api(text("arrives"));
    await emulator.settle();
    expect(statuses().map((item) => [item.status, item.errors[0]?.code])).toEqual([
      ["failed", 131026],
      ["sent", undefined],
      ["delivered", undefined],
      ["read", undefined],
    ]);
    expect(ana.history.map((bubble) => bubble.text)).toEqual(["hi", "arrives"]);
  });

  test("an API error of choice, as often as wanted, for a contact", async () => {
    const { ana, api, emulator } = harness();
    ana.says("hi");
    emulator.inject({ kind: "apiError", code: 131016, times: 2, contact: ANA });
    expect((await api(text("x", { to: "4917012345" }))).status).toBe(200);
    expect((await api(text("x"))).body.error).toMatchObject({ code: 131016 });
    expect((await api(text("x"))).status).toBe(500);
    expect((await api(text("x"))).status).toBe(200);
  });

  test("a 5xx without an error of WhatsApp's", async () => {
    const { api, emulator } = harness();
    emulator.inject({ kind: "apiStatus", status: 502 });
    expect(await api(text("x"))).toEqual({ status: 502, body: {} });
  });

  test("a connection that is cut before acceptance: nothing arrives", async () => {
    const { ana, api, emulator } = harness();
    ana.says("hi");
    emulator.inject({ kind: "drop", accepted: false });
    await expect(api(text("x"))).rejects.toThrow(ConnectionCut);
    await emulator.settle();
    expect(ana.history).toHaveLength(1);
  });

  test("a connection that is cut after acceptance: it arrives, and the statuses tell so", async () => {
    const { ana, api, emulator, statuses } = harness();
    ana.says("hi");
    emulator.inject({ kind: "drop", accepted: true });
    await expect(api(text("x", { biz_opaque_callback_data: "in doubt" }))).rejects.toThrow(ConnectionCut);
    await emulator.settle();
    expect(ana.history.map((bubble) => bubble.text)).toEqual(["hi", "x"]);
    expect(statuses()[0]).toMatchObject({ status: "sent", callbackData: "in doubt" });
  });

  test("a number that is not on WhatsApp: accepted, then 131026", async () => {
    const { api, emulator, statuses } = harness({ unknownNumbers: "fail" });
    expect((await api(text("x", { to: "4917012345" }))).status).toBe(200);
    await emulator.settle();
    expect(statuses()[0]?.errors[0]?.code).toBe(131026);
  });
});
