/** A conversation at the terminal, or through a pipe: lines in, bubbles out. */
import { createInterface } from "node:readline";
import type { Bubble } from "@parley/emulator";
import stringWidth from "string-width";
import type { Paint } from "../report/colours.ts";
import type { World } from "../serve/world.ts";
import { type BubbleView, bubbleText } from "./bubble.ts";
import { HELP, offeredIn, type Said, understand } from "./command.ts";

/** Where one talks to: a phone of an emulator, with the bot behind it. */
export type Line = Pick<World, "emulator" | "phone" | "settle" | "advance"> & {
  /** Raises an event of the bot's with these arguments, in their order. Rejects with `ArgumentError` where they do not fit. */
  readonly trigger: (event: string, args: readonly unknown[]) => Promise<void>;
  /** Gives a chat that people have back to the bot. */
  readonly release: () => Promise<void>;
  /** Writes what was said so far as a test; gives what has to be said about that. */
  readonly write: (file: string) => Promise<string>;
};

/** A location that stands for the user's own where none is given. */
const HERE = { latitude: 45.4642, longitude: 9.19 } as const;

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly paint: Paint;
}

/** Talks until the input ends, `/quit`, or `signal`; false where it was interrupted. */
export async function talk(line: Line, terminal: Terminal, signal: AbortSignal): Promise<boolean> {
  const { input, output, paint } = terminal;
  const interactive = input.isTTY === true && output.isTTY === true;
  const reader = createInterface({ input, ...(interactive ? { output, prompt: paint("green", "> ") } : {}) });
  const view = (): BubbleView => ({ paint, width: output.columns ?? 80, numbers: true });
  const write = (text: string): void => {
    if (interactive) output.write("\r\u001b[K");
    output.write(text);
    if (interactive) reader.prompt(true);
  };
  const show = (bubble: Bubble): void => write(`${bubbleText(bubble, view())}\n`);
  const shown = new Set<string>();
  const off = line.emulator.on((event) => {
    if (event.kind !== "bubble" || event.contact.id !== line.phone.contact.id) return;
    const { bubble } = event;
    // A message changes later (ticks, reactions); it is shown once, when it has arrived.
    if (bubble.n === 0 || shown.has(bubble.id)) return;
    shown.add(bubble.id);
    show(bubble);
  });
  let interrupted = false;
  const stop = (): void => {
    interrupted = true;
    reader.close();
  };
  signal.addEventListener("abort", stop, { once: true });
  reader.on("SIGINT", stop);
  if (signal.aborted) stop();
  try {
    if (interactive) reader.prompt();
    for await (const text of reader) {
      // The bubble stands for what was typed.
      if (interactive && stringWidth(text) + 2 < (output.columns ?? 80)) output.write("\u001b[1A\u001b[K");
      const said = understand(text, offeredIn(line.phone.history));
      if (said.kind === "quit") break;
      const answer = await act(said, line);
      if (answer !== "") write(`${answer}\n`);
      await line.settle();
      if (interactive && !interrupted) reader.prompt();
    }
    if (!interrupted) await line.settle();
  } finally {
    off();
    signal.removeEventListener("abort", stop);
    reader.close();
  }
  return !interrupted;
}

/** Errors of whoever talks. */
const SAID: readonly string[] = ["PhoneError", "ArgumentError"];

/** Does it; gives what has to be said about it, in our own voice. */
async function act(said: Said, { phone, advance, trigger, release, write }: Line): Promise<string> {
  try {
    switch (said.kind) {
      case "text":
        phone.says(said.text);
        return "";
      case "tap":
        if (said.option.kind === "location") phone.sendsLocation(HERE);
        else phone.taps(said.option.id);
        return "";
      case "tapTitle":
        phone.taps(said.title);
        return "";
      case "location":
        phone.sendsLocation(said);
        return "";
      case "media":
        phone.sendsMedia({ kind: said.media });
        return "";
      case "order":
        // What things cost is the catalog's matter, which nobody here knows.
        phone.sendsOrder({
          items: said.items.map(({ sku, quantity }) => ({
            product_retailer_id: sku,
            quantity,
            item_price: 1,
            currency: "EUR",
          })),
        });
        return "";
      case "form": {
        const asked = phone.history.findLast(({ kind }) => kind === "form" || kind === "address");
        phone.sendsForm(asked?.kind === "address" ? { values: said.response } : said.response);
        return "";
      }
      case "react":
        phone.reacts(said.emoji);
        return "";
      case "advance":
        await advance(said.ms);
        return "";
      case "test":
        return await write(said.file);
      case "event":
        await trigger(said.name, said.args);
        return "";
      case "release":
        await release();
        return "";
      case "help":
        return HELP.trimEnd();
      case "wrong":
        return said.problem;
      case "nothing":
      case "quit":
        return "";
    }
  } catch (error) {
    // What the phone or the bot cannot do is said; anything else is a mistake of ours.
    if (error instanceof Error && SAID.includes(error.name)) return error.message;
    throw error;
  }
}
