/** What a line of the chat means. */
import type { Bubble } from "@parley/emulator";
import { type Tappable, tappables } from "./bubble.ts";

export type Said =
  | { readonly kind: "nothing" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "tap"; readonly option: Tappable }
  /** Of an earlier message, by title or id. */
  | { readonly kind: "tapTitle"; readonly title: string }
  | { readonly kind: "location"; readonly latitude: number; readonly longitude: number }
  | { readonly kind: "media"; readonly media: "image" | "video" | "audio" | "document" | "sticker" }
  | { readonly kind: "order"; readonly items: readonly { readonly sku: string; readonly quantity: number }[] }
  | { readonly kind: "form"; readonly response: object }
  | { readonly kind: "react"; readonly emoji: string }
  | { readonly kind: "advance"; readonly ms: number }
  | { readonly kind: "event"; readonly name: string; readonly args: readonly unknown[] }
  | { readonly kind: "release" }
  | { readonly kind: "test"; readonly file: string }
  | { readonly kind: "help" }
  | { readonly kind: "quit" }
  | { readonly kind: "wrong"; readonly problem: string };

export const HELP = `  a number           taps the option with that number
  any other text     is sent as it is; /say 2 sends the text "2"
  /tap TITLE         taps an option of an earlier message
  /location LAT, LON  sends a location
  /image /video /audio /document /sticker   sends a file of that kind
  /order SKU [COUNT], …  sends a cart
  /form {"name": "Ana"}  fills in the newest form or address
  /react 👍           reacts to the bot's last message
  /advance 2h        lets time pass: reminders, time-outs, the 24-hour window
  /event NAME(1, "a")  raises an event of the bot's
  /release           gives a chat that a person has back to the bot
  /test FILE         writes this chat as a test
  /quit              ends the chat (or Ctrl-D)
`;

/** `offered`: what the numbers mean now. */
export function understand(line: string, offered: readonly Tappable[]): Said {
  const text = line.trim();
  if (text === "") return { kind: "nothing" };
  if (/^[0-9]{1,3}$/.test(text)) {
    const option = offered[Number(text) - 1];
    if (option) return { kind: "tap", option };
  }
  if (!text.startsWith("/") || text.startsWith("//")) return { kind: "text", text: text.replace(/^\/\//, "/") };
  const [word, rest] = split(text.slice(1));
  return commandOf(word, rest);
}

function split(text: string): readonly [string, string] {
  const at = text.search(/\s/);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at).trim()];
}

function commandOf(word: string, rest: string): Said {
  switch (word) {
    case "say":
      return rest === "" ? { kind: "wrong", problem: "/say needs a text" } : { kind: "text", text: rest };
    case "tap":
      return rest === ""
        ? { kind: "wrong", problem: "/tap needs the title of an option" }
        : { kind: "tapTitle", title: rest };
    case "location":
      return locationOf(rest);
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return { kind: "media", media: word };
    case "order":
      return orderOf(rest);
    case "form":
      return formOf(rest);
    case "react":
      return { kind: "react", emoji: rest };
    case "advance":
      return durationOf(rest);
    case "event":
      return eventOf(rest);
    case "release":
      return { kind: "release" };
    case "test":
      return rest === ""
        ? { kind: "wrong", problem: "/test needs a file: /test chat.test.flow" }
        : { kind: "test", file: rest };
    case "help":
      return { kind: "help" };
    case "quit":
    case "exit":
      return { kind: "quit" };
    default:
      return {
        kind: "wrong",
        problem: `there is no /${word}; /help lists what there is, // sends a text that begins with /`,
      };
  }
}

function locationOf(text: string): Said {
  const [, latitude, longitude] = /^(-?[0-9.]+)\s*[, ]\s*(-?[0-9.]+)$/.exec(text) ?? [];
  const [lat, lon] = [Number(latitude ?? Number.NaN), Number(longitude ?? Number.NaN)];
  if (Math.abs(lat) <= 90 && Math.abs(lon) <= 180) return { kind: "location", latitude: lat, longitude: lon };
  return { kind: "wrong", problem: "/location needs latitude and longitude: /location 45.46, 9.19" };
}

const ORDER = "/order needs products, each with how many: /order soap 2, towel";

function orderOf(text: string): Said {
  const items = text.split(",").map((part) => /^(\S+)(?:\s+([1-9][0-9]{0,2}))?$/.exec(part.trim()));
  const found = items.flatMap((item) => (item?.[1] ? [{ sku: item[1], quantity: Number(item[2] ?? 1) }] : []));
  return found.length === items.length ? { kind: "order", items: found } : { kind: "wrong", problem: ORDER };
}

const EVENT = '/event needs a name and values as JSON: /event order_ready("Ana", "17")';

function eventOf(text: string): Said {
  const [, name = "", args = ""] = /^(\w+)\s*(?:\(([\s\S]*)\))?$/.exec(text) ?? [];
  try {
    if (name !== "") return { kind: "event", name, args: JSON.parse(`[${args}]`) as readonly unknown[] };
  } catch {
    // Said below.
  }
  return { kind: "wrong", problem: EVENT };
}

const FORM = '/form needs what is filled in, as JSON: /form {"name": "Ana"}';

function formOf(text: string): Said {
  try {
    const response: unknown = JSON.parse(text);
    if (typeof response === "object" && response !== null && !Array.isArray(response))
      return { kind: "form", response };
  } catch {
    // Said below.
  }
  return { kind: "wrong", problem: FORM };
}

const UNITS: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

function durationOf(text: string): Said {
  if (!/^([0-9]+[wdhms])+$/.test(text)) return { kind: "wrong", problem: "/advance needs a duration: /advance 2h" };
  let ms = 0;
  for (const [, digits, unit] of text.matchAll(/([0-9]+)([wdhms])/g)) ms += Number(digits) * (UNITS[unit ?? ""] ?? 0);
  return { kind: "advance", ms };
}

/** What can be tapped by number: the options of the newest messages since the user wrote. */
export function offeredIn(history: readonly Bubble[]): readonly Tappable[] {
  for (let i = history.length - 1; i >= 0; i--) {
    const bubble = history[i];
    if (!bubble || bubble.from === "user") return [];
    const options = tappables(bubble);
    if (options.length > 0) return options;
  }
  return [];
}
