/** Actions that are HTTP requests, in a bot on the real interpreter. */
import type { Machine } from "@parley/machine";
import type { MessageRequest } from "@parley/whatsapp";
import { describe, expect, test } from "vitest";
import { createBot } from "../src/index.ts";
import { memoryStore } from "../src/stores/memory.ts";
import type { BotEvent, UntypedBot } from "../src/types.ts";
import { type VirtualClock, virtualClock } from "./support/clock.ts";
import { type FakeApi, fakeApi } from "./support/fake-api.ts";
import { pizza } from "./support/pizza.ts";
import { ANA, change, NUMBER, post, SECRET, sender, tap, text, webhook } from "./support/webhooks.ts";

function firstButton(request: MessageRequest | undefined): string {
  if (request?.type !== "interactive" || request.interactive.type !== "button") return "";
  return request.interactive.action.buttons[0]?.reply.id ?? "";
}

describe("an action that is an HTTP request", () => {
  const PAY = {
    ...pizza.actions["pay"],
    personal: [["size"]],
    http: {
      method: "GET",
      url: ["https://api.example/prices/", { e: ["get", "size"], as: "text", source: "{size}" }],
      headers: [
        { name: "X-Token", value: [{ e: ["field", ["root", "env"], "TOKEN"], as: "text", source: "{env.TOKEN}" }] },
      ],
      result: ["price"],
    },
  } as const;
  const machine: Machine = {
    ...pizza,
    actions: { pay: { ...PAY, params: { size: { t: "text", max: 20 } }, timeoutMs: 10_000 } },
  };

  const make = (fetchIt: typeof fetch, actions: UntypedBot["actions"] = {}) => {
    const [clock, api, lines, events]: [VirtualClock, FakeApi, string[], BotEvent[]] = [
      virtualClock(),
      fakeApi(),
      [],
      [],
    ];
    const log = (facts: object, message: string): void => void lines.push(`${message} ${JSON.stringify(facts)}`);
    const bot = createBot({
      machine,
      actions,
      store: memoryStore(),
      clock,
      fetch: api.fetch,
      http: { fetch: fetchIt },
      env: { TOKEN: "t0ken" },
      logger: { debug: log, info: log, warn: log, error: log },
      phoneNumberId: NUMBER,
      token: "token",
      appSecrets: [SECRET],
      verifyToken: "verify",
    });
    bot.on((event) => events.push(event));
    const receive = async (...messages: readonly object[]): Promise<void> => {
      const body = webhook(change({ contacts: [sender({ waId: ANA })], messages }));
      expect((await bot.fetch(post(body))).status).toBe(200);
      await bot.settle();
    };
    const order = async (): Promise<void> => {
      await receive(text("wamid.1", clock.now(), "hi"));
      await receive(tap("wamid.2", clock.now(), firstButton(api.requests[0])));
    };
    return { clock, bot, api, order, lines, events };
  };

  test("needs nothing of the host, and its answer comes back as a value", async () => {
    const asked: string[] = [];
    const { api, order, events } = make((input, init) => {
      asked.push(`${new Request(input, init).url} ${new Headers(init?.headers).get("x-token")}`);
      return Promise.resolve(Response.json({ price: 7 }));
    });
    await order();
    expect(asked).toEqual(["https://api.example/prices/small t0ken"]);
    expect(api.texts().at(-1)).toBe("A small one costs 7.");
    expect(events.find(({ kind }) => kind === "action")).toMatchObject({ args: { size: "<text>" }, outcome: "ok" });
    expect(
      JSON.stringify(events.flatMap((e) => (e.kind === "turn" ? e.effects.filter(({ kind }) => kind !== "send") : []))),
    ).not.toContain("small");
  });

  test("of which the answer does not fit its type has failed, and no value is told", async () => {
    const { api, order, lines } = make(() => Promise.resolve(Response.json({ price: "s3cret" })));
    await order();
    expect(api.texts()).toContain("That did not work.");
    expect(lines.join()).not.toMatch(/s3cret|small|t0ken/);
  });

  test("is aborted at its time-out", async () => {
    let aborted = false;
    const { api, order, clock, bot } = make((_, init) => {
      init?.signal?.addEventListener("abort", () => {
        aborted = true;
      });
      return new Promise(() => undefined);
    });
    await order();
    clock.advance(10_000);
    await bot.settle();
    expect(aborted).toBe(true);
    expect(api.texts()).toContain("That did not work.");
  });

  test("is a function of the host where that has one of its name", async () => {
    const { api, order } = make(() => Promise.reject(new Error("no request")), { pay: () => 5 });
    await order();
    expect(api.texts().at(-1)).toBe("A small one costs 5.");
  });
});
