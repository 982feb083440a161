import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { sha256 } from "../src/sha256.ts";
import { ANA, harness, interactive, text } from "./harness.ts";

const DAY = 86_400_000;
const WABA = "102290129340398";

async function get(world: ReturnType<typeof harness>, path: string, method = "GET"): Promise<Response> {
  const url = path.startsWith("http") ? path : `https://graph.facebook.com/v23.0/${path}`;
  return world.emulator.fetch(new Request(url, { method, headers: { authorization: "Bearer token" } }));
}

test.each([0, 1, 55, 56, 63, 64, 1000])("the hash of %d bytes is SHA-256", (length) => {
  const bytes = Uint8Array.from({ length }, (_, i) => (i * 7) % 256);
  expect(Buffer.from(sha256(bytes)).toString("hex")).toBe(createHash("sha256").update(bytes).digest("hex"));
});

describe("media of users", () => {
  test("can be downloaded, with the hash that the webhook told, for seven days", async () => {
    const world = harness();
    const bytes = new TextEncoder().encode("a picture");
    world.ana.sendsMedia({ kind: "image", mimeType: "image/png", bytes });
    await world.emulator.settle();
    const message = world.messages()[0]?.message;
    if (message?.type !== "image") throw new Error("no image came");
    const found = (await (await get(world, message.image.id)).json()) as { url: string; sha256: string };
    expect(Buffer.from(message.image.sha256 ?? "", "base64").toString("hex")).toBe(found.sha256);
    expect(found.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    const response = await get(world, found.url);
    expect([response.headers.get("content-type"), await response.text()]).toEqual(["image/png", "a picture"]);
    await world.emulator.advance(7 * DAY);
    expect((await get(world, message.image.id)).status).toBe(400);
    expect((await get(world, found.url)).status).toBe(404);
  });

  test("over the control API, as base64", async () => {
    const world = harness();
    const base64 = Buffer.from("x").toString("base64");
    await world.control("POST", `/contacts/${ANA}/messages`, { type: "document", filename: "x.pdf", base64 });
    await world.emulator.settle();
    expect(world.messages()[0]?.message).toMatchObject({ document: { filename: "x.pdf" } });
    const bad = await world.control("POST", `/contacts/${ANA}/messages`, { type: "image", base64: "%" });
    expect([bad.status, bad.body.error.message]).toEqual([400, '"base64" is no base64']);
  });

  test("an id that was not uploaded here is taken, or refused where that is wanted", async () => {
    const image = { messaging_product: "whatsapp", to: ANA, type: "image", image: { id: "1234" } };
    expect((await harness().api(image)).status).toBe(200);
    expect((await harness({ unknownMedia: "refuse" }).api(image)).body.error.code).toBe(131009);
    const header = interactive({
      type: "button",
      header: { type: "image", image: { id: "1234" } },
      body: { text: "This?" },
      action: { buttons: [{ type: "reply", reply: { id: "y", title: "Yes" } }] },
    });
    expect((await harness({ unknownMedia: "refuse" }).api(header)).body.error.code).toBe(131009);
  });
});

describe("the account", () => {
  const template = (name: string, language = "en") =>
    ({ name, language, category: "UTILITY", components: [{ type: "BODY", text: "Hi" }] }) as const;

  test("templates come in pages, by filter, and go by name and language", async () => {
    const world = harness({ templates: [template("a"), template("a", "es"), template("b")] });
    const page = async (query: string): Promise<readonly string[]> => {
      const answer = (await (await get(world, `${WABA}/message_templates${query}`)).json()) as {
        data: { name: string; language: string }[];
      };
      return answer.data.map(({ name, language }) => `${name} ${language}`);
    };
    expect(await page("?limit=2")).toEqual(["a en", "a es"]);
    expect(await page("?limit=2&after=2")).toEqual(["b en"]);
    expect(await page("?name=a&language=es&status=APPROVED")).toEqual(["a es"]);
    await get(world, `${WABA}/message_templates?name=a&language=es`, "DELETE");
    expect(await page("")).toEqual(["a en", "b en"]);
    expect((await get(world, `${WABA}/message_templates?name=none`, "DELETE")).status).toBe(400);
  });

  test("a template that is paused cannot be sent until it is approved again, and the webhook hears of both", async () => {
    const world = harness({ templates: [template("a")] });
    const send = {
      messaging_product: "whatsapp",
      to: ANA,
      type: "template",
      template: { name: "a", language: { code: "en" } },
    };
    for (const [status, code] of [
      ["PAUSED", 132015],
      ["DISABLED", 132016],
      ["REJECTED", 132001],
      ["PENDING", 132001],
    ] as const) {
      expect((await world.control("PATCH", "/templates/a/en", { status })).status).toBe(200);
      expect((await world.api(send)).body.error.code).toBe(code);
    }
    await world.control("PATCH", "/templates/a/en", { status: "APPROVED" });
    expect((await world.api(send)).status).toBe(200);
    await world.emulator.settle();
    const events = world.items().filter((item) => item.kind === "other");
    expect(events).toHaveLength(5);
    expect((await world.control("PATCH", "/templates/none/en", { status: "PAUSED" })).status).toBe(404);
  });

  test("the number, its profile and whom it blocks are read", async () => {
    const world = harness({ profile: { about: "Pizza", vertical: "RESTAURANT" } });
    const id = world.emulator.phoneNumberId;
    expect(await (await get(world, id)).json()).toMatchObject({ id, display_phone_number: "15550783881" });
    const profile = await get(world, `${id}/whatsapp_business_profile?fields=about`);
    expect(await profile.json()).toEqual({ data: [{ messaging_product: "whatsapp", about: "Pizza" }] });
    const path = `/v23.0/${id}/whatsapp_business_profile`;
    expect((await world.api({ messaging_product: "whatsapp", colour: "red" }, { path })).body.error.code).toBe(100);
    world.ana.says("hi");
    const block = { messaging_product: "whatsapp", block_users: [{ user: ANA }] };
    await world.api(block, { path: `/v23.0/${id}/block_users` });
    expect(await (await get(world, `${id}/block_users`)).json()).toMatchObject({ data: [{ wa_id: ANA }] });
  });

  test("the version may be left out, and texts of JSON stand for what they hold", async () => {
    const world = harness();
    const body = { ...text("x"), text: JSON.stringify({ body: "wrapped" }) };
    world.ana.says("hi");
    expect((await world.api(body, { path: `/${world.emulator.phoneNumberId}/messages` })).status).toBe(200);
    await world.emulator.settle();
    expect(world.ana.history.at(-1)?.text).toBe("wrapped");
  });
});
