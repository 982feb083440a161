import { describe, expect, test } from "vitest";
import { ANA, harness, START, text } from "./harness.ts";

const HOUR = 3_600_000;

function reaction(id: string, emoji = "👍"): object {
  return { messaging_product: "whatsapp", to: ANA, type: "reaction", reaction: { message_id: id, emoji } };
}

describe("the service window", () => {
  test("24 hours after the user's message a free-form message still arrives", async () => {
    const { ana, api, emulator, statuses } = harness();
    ana.says("hi");
    await emulator.advance(24 * HOUR);
    await api(text("still open"));
    await emulator.settle();
    expect(statuses().map((status) => status.status)).toEqual(["sent", "delivered", "read"]);
  });

  test("a millisecond later it is accepted and then fails with 131047", async () => {
    const { ana, api, emulator, statuses } = harness();
    ana.says("hi");
    await emulator.advance(24 * HOUR + 1);
    const { status, body } = await api(text("too late", { biz_opaque_callback_data: "job-7" }));
    expect(status).toBe(200);
    await emulator.settle();
    expect(statuses()).toHaveLength(1);
    expect(statuses()[0]).toMatchObject({
      id: body.messages[0].id,
      status: "failed",
      callbackData: "job-7",
      errors: [{ code: 131047 }],
    });
    expect(ana.history).toHaveLength(1);
    expect(ana.failed).toMatchObject([{ text: "too late", status: "failed", error: { code: 131047 } }]);
  });

  test("a contact who never wrote has no window", async () => {
    const { api, emulator, statuses } = harness();
    await api(text("hello?"));
    await emulator.settle();
    expect(statuses()[0]?.errors[0]?.code).toBe(131047);
  });

  test("a user's reaction opens it again", async () => {
    const { ana, api, emulator, statuses } = harness();
    ana.says("hi");
    await api(text("hello"));
    await emulator.advance(30 * HOUR);
    ana.reacts("❤️");
    await api(text("thanks"));
    await emulator.settle();
    expect(statuses().filter((status) => status.status === "failed")).toEqual([]);
    expect(ana.history.map((bubble) => bubble.text)).toEqual(["hi", "hello", "thanks"]);
  });

  test("each contact has a window of its own", async () => {
    const { ana, api, emulator } = harness();
    const bo = emulator.phone("4917012345");
    ana.says("hi");
    await api(text("for bo", { to: "4917012345" }));
    await emulator.settle();
    expect(bo.failed).toHaveLength(1);
  });
});

describe("reactions of the business", () => {
  test("show on their target, and only `sent` is reported", async () => {
    const { ana, api, emulator, statuses } = harness();
    const { id } = ana.says("hi");
    await api(reaction(id));
    await emulator.settle();
    expect(ana.history[0]?.reactions).toEqual({ business: "👍" });
    expect(statuses().map((status) => status.status)).toEqual(["sent"]);
    await api(reaction(id, ""));
    await emulator.settle();
    expect(ana.history[0]?.reactions).toEqual({});
  });

  test.each([
    ["unknown", () => "wamid.nothing"],
    ["itself a reaction", (b: ReturnType<typeof harness>) => b.messages().at(-1)?.id ?? ""],
    ["of another chat", (b: ReturnType<typeof harness>) => b.emulator.phone("4917012345").says("hey").id],
  ])("whose target is %s fail with 131009", async (_, target) => {
    const b = harness();
    b.ana.says("hi");
    await b.api(text("hello"));
    await b.emulator.settle();
    b.ana.reacts("😀");
    await b.emulator.settle();
    const before = b.statuses().length;
    await b.api(reaction(target(b)));
    await b.emulator.settle();
    expect(b.statuses().slice(before)).toMatchObject([{ status: "failed", errors: [{ code: 131009 }] }]);
  });

  test("whose target is older than 30 days fail with 131009", async () => {
    const { ana, api, emulator, statuses } = harness({ contacts: [{ phone: ANA }] });
    const { id } = ana.says("hi");
    await emulator.advance(31 * 24 * HOUR);
    ana.says("again");
    await api(reaction(id));
    await emulator.settle();
    expect(statuses()).toMatchObject([{ status: "failed", errors: [{ code: 131009 }] }]);
  });
});

describe("rates", () => {
  test("45 messages to a user may come at once, then one in six seconds", async () => {
    const { ana, api, emulator, clock } = harness();
    ana.says("hi");
    for (let i = 0; i < 45; i++) expect((await api(text(`${i}`))).status).toBe(200);
    const { status, body } = await api(text("one too many"));
    expect([status, body.error.code]).toEqual([400, 131056]);
    clock.advanceTo(START + 5999);
    expect((await api(text("early"))).status).toBe(400);
    clock.advanceTo(START + 6000);
    expect((await api(text("now"))).status).toBe(200);
    expect((await api(text("and again"))).body.error.code).toBe(131056);
    await emulator.settle();
    expect(ana.history).toHaveLength(1 + 45 + 1);
  });

  test("the pair limit is of one pair", async () => {
    const { api, emulator, ana } = harness();
    ana.says("hi");
    emulator.phone("4917012345").says("hi");
    for (let i = 0; i < 46; i++) await api(text(`${i}`));
    expect((await api(text("hello", { to: "4917012345" }))).status).toBe(200);
  });

  test("80 messages in a second are the most of a number, those of users counted", async () => {
    const { emulator, api, clock } = harness();
    const phones = Array.from({ length: 40 }, (_, i) => `4917000${100 + i}`);
    for (const phone of phones) emulator.phone(phone).says("hi");
    for (const to of phones) expect((await api(text("x", { to }))).status).toBe(200);
    const { status, body } = await api(text("x", { to: ANA }));
    expect([status, body.error.code]).toEqual([400, 130429]);
    clock.advanceTo(START + 1000);
    expect((await api(text("x", { to: ANA }))).status).toBe(200);
  });

  test("can be switched off", async () => {
    const { api } = harness({ rates: false });
    for (let i = 0; i < 100; i++) expect((await api(text(`${i}`))).status).toBe(200);
  });
});
