import { createEmulator, createVirtualClock } from "@parley/emulator";

const webhooks: unknown[] = [];
const emulator = createEmulator({
  clock: createVirtualClock(Date.UTC(2026, 0, 5, 9)),
  delivery: "manual",
  webhook: { url: "http://bot.test/webhook", appSecret: "secret", verifyToken: "verify" },
  // Your bot's handler of requests stands here.
  fetch: async (request) => {
    webhooks.push(await request.json());
    return new Response();
  },
});
const ana = emulator.phone({ phone: "+39 333 123 4567", name: "Ana" });
ana.says("hi");
await emulator.settle();

await emulator.fetch(
  new Request(`http://emulator.test/v23.0/${emulator.phoneNumberId}/messages`, {
    method: "POST",
    headers: { authorization: "Bearer any" },
    body: JSON.stringify({
      messaging_product: "whatsapp",
      to: ana.contact.phone,
      type: "text",
      text: { body: "Hello Ana" },
    }),
  }),
);
await emulator.advance(60_000);
export default [ana.history.map((bubble) => bubble.text), webhooks.length];
// ["hi", "Hello Ana"] and four webhooks: the message, and that ours was sent, delivered and read
