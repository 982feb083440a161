/** An emulator on a real port, and what its webhook got, for clients that are used as they are. */
import { createServer } from "node:http";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../src/index.ts";
import { serveEmulator } from "../../src/node.ts";

export const ANA = "393331234567";
export const SECRET = "app-secret";

export interface Received {
  readonly raw: string;
  readonly signature: string;
}

export interface Served {
  readonly url: string;
  readonly emulator: Emulator;
  /** What came so far; empties it. */
  readonly taken: () => Promise<readonly Received[]>;
  readonly close: () => Promise<void>;
}

export const TEMPLATES: NonNullable<EmulatorOptions["templates"]> = [
  {
    name: "order_ready",
    language: "en",
    category: "UTILITY",
    components: [
      { type: "HEADER", format: "TEXT", text: "Order {{1}}" },
      { type: "BODY", text: "Hi {{1}}, your order of {{2}} is ready since {{3}}." },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Where is it?" },
          { type: "URL", text: "Track", url: "https://pizza.example/{{1}}" },
        ],
      },
    ],
  },
];

export async function served(options: Partial<EmulatorOptions> = {}): Promise<Served> {
  const received: Received[] = [];
  const hook = createServer((request, response) => {
    let raw = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      raw += part;
    });
    request.on("end", () => {
      received.push({ raw, signature: String(request.headers["x-hub-signature-256"]) });
      response.end();
    });
  });
  await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
  const address = hook.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const emulator = createEmulator({
    clock: { now: () => Date.now(), setTimeout: (run, ms) => setTimeout(run, ms), clearTimeout: () => {} },
    token: "token",
    seed: "clients",
    rates: false,
    displayPhoneNumber: "919876543210",
    webhook: { url: `http://127.0.0.1:${port}/webhook`, appSecret: SECRET, verifyToken: "verify" },
    contacts: [
      { phone: ANA, name: "Ana" },
      { phone: "919811112222", name: "Ravi" },
      { userId: "DE.0A1B2C3D", username: "cy", name: "Cy" },
    ],
    templates: TEMPLATES,
    ...options,
  });
  const server = await serveEmulator(emulator);
  return {
    url: server.url,
    emulator,
    taken: async () => {
      await emulator.settle();
      return received.splice(0);
    },
    close: async () => {
      await server.close();
      await new Promise((resolve) => hook.close(resolve));
    },
  };
}
