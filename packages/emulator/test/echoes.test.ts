import { decodeWebhook } from "@parley/whatsapp";
import { describe, expect, test } from "vitest";
import { PhoneError } from "../src/index.ts";
import { ANA, harness, START } from "./harness.ts";

describe("a person who writes in the business app", () => {
  test("is seen on the phone and heard of in smb_message_echoes, once, without statuses", async () => {
    const { ana, emulator, posted } = harness();
    const bubble = emulator.writes(ANA, "Hi, this is Bo.");
    await emulator.settle();
    expect(ana.history.map(({ from, text }) => [from, text])).toEqual([["business", "Hi, this is Bo."]]);
    expect(posted).toHaveLength(1);
    expect(decodeWebhook(JSON.parse(posted[0]?.text ?? ""))).toEqual([
      {
        kind: "echo",
        wabaId: "102290129340398",
        phoneNumberId: "106540352242922",
        displayPhoneNumber: "15550783881",
        contact: { waId: ANA },
        id: bubble.id,
        timestampMs: START,
        message: { type: "text", text: { body: "Hi, this is Bo." } },
      },
    ]);
    expect(() => emulator.writes(ANA, " ")).toThrow(PhoneError);
  });
});

describe("an upload", () => {
  const upload = (form: FormData) => {
    const { emulator } = harness();
    const url = `http://emulator.test/v23.0/${emulator.phoneNumberId}/media`;
    const request = new Request(url, { method: "POST", body: form, headers: { authorization: "Bearer token" } });
    return emulator.fetch(request);
  };
  const form = (type: string) => {
    const made = new FormData();
    made.set("messaging_product", "whatsapp");
    made.set("type", type);
    made.set("file", new Blob(["abc"], { type }), "a");
    return made;
  };

  test("gets an id", async () => {
    const response = await upload(form("image/png"));
    expect([response.status, await response.json()]).toEqual([200, { id: expect.stringMatching(/^\d{16}$/) }]);
  });

  test("of a type that WhatsApp does not take, or without a file, is refused", async () => {
    for (const [sent, code] of [
      [form("image/heic"), 131_053],
      [new FormData(), 100],
    ] as const) {
      const response = await upload(sent);
      expect([response.status, await response.json()]).toMatchObject([400, { error: { code } }]);
    }
  });
});
