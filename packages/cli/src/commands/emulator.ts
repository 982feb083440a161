import { readFileSync } from "node:fs";
import { createEmulator, createShiftedClock, type Emulator, type EmulatorTemplate } from "@parley/emulator";
import { type EmulatorServer, serveEmulator } from "@parley/emulator/node";
import { UsageError } from "../exit.ts";
import { stopSignals } from "../serve/stop.ts";
import type { Options, Run } from "./command.ts";
import { port } from "./options.ts";

/** Between two questions to a webhook that does not verify itself yet. */
const ASK_AGAIN_MS = 1000;

function targetOf({ webhook, appSecret = "secret", verifyToken = "verify" }: Options): {
  readonly url: string;
  readonly appSecret: string;
  readonly verifyToken: string;
} | null {
  if (webhook === undefined) return null;
  if (!/^https?:/.test(webhook) || !URL.canParse(webhook))
    throw new UsageError(`--webhook takes a URL, not ${webhook}`);
  return { url: webhook, appSecret, verifyToken };
}

function templatesIn(file: string | undefined): readonly unknown[] {
  if (file === undefined) return [];
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const found = Array.isArray(value) ? value : (value as { readonly data?: unknown } | null)?.data;
  if (!Array.isArray(found)) throw new UsageError(`${file} holds no list of templates`);
  return found;
}

/** The control API looks at each; what the Graph API lists besides is left out. */
async function addTemplates(emulator: Emulator, file: string | undefined): Promise<void> {
  for (const one of templatesIn(file)) {
    const { name, language, category, status, components } = one as EmulatorTemplate;
    const body = JSON.stringify({ name, language, category, status, components });
    const response = await emulator.fetch(new Request("http://emulator/_emulator/templates", { method: "POST", body }));
    if (response.ok) continue;
    const { error } = (await response.json()) as { readonly error: { readonly message: string } };
    throw new UsageError(`${file}: the template ${name}: ${error.message}`);
  }
}

async function listen(emulator: Emulator, options: Options): Promise<EmulatorServer> {
  const wanted = port(options.port, "--port", 8081);
  try {
    return await serveEmulator(emulator, { port: wanted, ...(options.host ? { host: options.host } : {}) });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE")
      throw new UsageError(`port ${wanted} is in use, choose another one with --port`);
    throw error;
  }
}

function started(emulator: Emulator, { url }: EmulatorServer, { token }: Options): string {
  return [
    "A WhatsApp of your own; nothing leaves this machine.",
    `  API        ${url}/v23.0/${emulator.phoneNumberId}/messages`,
    `  token      ${token ?? "any"}`,
    `  phones     ${url}/_emulator`,
    `  described  ${url}/_emulator/openapi.json`,
    "",
    "A message from a phone:",
    `  curl ${url}/_emulator/contacts/393331234567/messages -d '{ "type": "text", "text": "hi" }'`,
    "",
  ].join("\n");
}

async function connect(emulator: Emulator, options: Options, signal: AbortSignal): Promise<void> {
  const target = targetOf(options);
  if (!target) return;
  for (let asked = 0; !signal.aborted; asked++) {
    if (await emulator.connect(target)) {
      process.stdout.write(`The webhook ${target.url} verified itself.\n`);
      return;
    }
    if (asked === 0) process.stdout.write(`The webhook ${target.url} does not verify itself yet; it is asked again.\n`);
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

export const emulator: Run = async (_, options) => {
  targetOf(options);
  const { token, seed } = options;
  const made = createEmulator({
    clock: createShiftedClock(),
    contacts: [{ phone: "393331234567", name: "You" }],
    ...(token === undefined ? {} : { token }),
    ...(seed === undefined ? {} : { seed }),
  });
  await addTemplates(made, options.templates);
  const server = await listen(made, options);
  const stop = stopSignals();
  try {
    process.stdout.write(started(made, server, options));
    await Promise.race([stop.asked, connect(made, options, stop.signal)]);
    return await stop.asked;
  } finally {
    stop.release();
    await server.close();
  }
};
