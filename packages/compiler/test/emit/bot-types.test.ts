import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { built } from "./built.ts";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));

const PROGRAM = `
/// What the kitchen needs to know.
type Pizza = { id: text(24), price: number, note: text(72)? }
type Size = small "Small" | large "Large"
type Basket = Pizza[1..30]
profile { visits: 0..100000 = 0, name: text(60)? }
/// The pizzas of the day,
/// as the kitchen says */
action menu() -> Pizza[..30]
action place_order(basket: Basket, size: Size, at: location, when: moment?) -> { number: text(20), minutes: 0..240 } once
action ping(quick: bool)
action weather(city: text(40)) -> number GET "https://weather.example/{city}"
template order_ready(name: text(60) = "Ana") { category utility body "Hi {name}, it is ready." option ok "OK" }
flow f {
  on message -> a
  on event ready(name: text(60), count: 1..9, on_day: date) -> b
  state a {
    do ping(true) else -> end
    let degrees = weather("Rome") else -> end
    say "{degrees}"
    let pizzas = menu() else -> end
    say "{count(pizzas)}"
    -> end
  }
  state b { send template order_ready(name) -> end }
}`;

const text = built(PROGRAM).get("bot.d.ts") ?? "";

test("types, actions, events and profile are written as TypeScript", () => {
  expect(text).toBe(`/** Types of the bot \`bot\`, written by \`parley build\`. */
import type { ActionContext } from "@parley/runtime";

export interface ParleyLocation {
  readonly latitude: number;
  readonly longitude: number;
  readonly name: string | null;
  readonly address: string | null;
}

/** What the kitchen needs to know. */
export interface Pizza {
  readonly id: string;
  readonly price: number;
  readonly note: string | null;
}

export type Size = "small" | "large";

export type Basket = readonly Pizza[];

export interface Bot {
  readonly actions: {
    /**
     * The pizzas of the day,
     * as the kitchen says * /
     */
    readonly menu: (args: Record<never, never>, context: ActionContext) => Promise<readonly Pizza[]> | readonly Pizza[];
    readonly place_order: (args: { readonly basket: Basket; readonly size: Size; readonly at: ParleyLocation; readonly when: number | null }, context: ActionContext) => Promise<{ readonly number: string; readonly minutes: number }> | { readonly number: string; readonly minutes: number };
    readonly ping: (args: { readonly quick: boolean }, context: ActionContext) => Promise<void> | void;
    readonly weather?: (args: { readonly city: string }, context: ActionContext) => Promise<number> | number;
  };
  readonly events: {
    readonly ready: { readonly name: string; readonly count: number; readonly on_day: string };
  };
  readonly profile: {
    readonly visits: number;
    readonly name: string | null;
  };
}
`);
});

const ACTIONS = `
  menu: () => [{ id: "mar", price: 7.5, note: null }],
  place_order: async ({ basket, size }, context) => ({ number: context.idempotencyKey + basket.length + size, minutes: 30 }),
  ping: ({ quick }) => { if (quick) return; },`;

const HOSTS = {
  "right.ts": ACTIONS,
  "instead.ts": `${ACTIONS}\n  weather: async ({ city }) => city.length,`,
  "instead-wrong.ts": `${ACTIONS}\n  weather: () => "warm",`,
  "missing.ts": ACTIONS.replace(/\n {2}menu:.*/, ""),
  "misspelt.ts": ACTIONS.replace("menu:", "meny:"),
  "result.ts": ACTIONS.replace("price: 7.5", 'price: "7.5"'),
  "argument.ts": ACTIONS.replace(
    "({ quick }) => { if (quick) return; }",
    "(args: { quick: string }) => { args.quick.trim(); }",
  ),
};

describe("a host that", () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-bot-types-"));
  let complaints = "";

  beforeAll(() => {
    writeFileSync(join(folder, "bot.d.ts"), text);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    for (const [name, actions] of Object.entries(HOSTS)) writeFileSync(join(folder, name), host(actions));
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config(folder)));
    complaints = typeErrors(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The errors of one file, each with the lines that explain it. */
  const errorsIn = (name: string): string => {
    const errors = complaints.split(/\n(?=\S)/);
    return errors.filter((error) => error.startsWith(`${name}(`)).join("\n");
  };

  test("implements every action is accepted", () => expect(errorsIn("right.ts")).toBe(""));

  test("takes the place of an HTTP request is accepted, and held to its types", () => {
    expect(errorsIn("instead.ts")).toBe("");
    expect(errorsIn("instead-wrong.ts")).toContain(
      "Type 'string' is not assignable to type 'number | Promise<number>'",
    );
  });

  test.each([
    ["misses an action", "missing.ts", "Property 'menu' is missing"],
    ["misspells an action", "misspelt.ts", "'meny' does not exist"],
    ["gives a wrong result", "result.ts", "Type 'string' is not assignable to type 'number'"],
    ["takes a wrong argument", "argument.ts", "Type 'boolean' is not assignable to type 'string'"],
  ])("%s is a TypeScript error", (_, file, complaint) => {
    expect(errorsIn(file)).toContain(complaint);
  });
});

function host(actions: string): string {
  return `import { createBot, memoryStore } from "@parley/runtime";
import type { Machine } from "@parley/machine";
import type { Bot } from "./bot.d.ts";
declare const machine: Machine;
const bot = createBot<Bot>({
  machine, store: memoryStore(), phoneNumberId: "1", token: "t", appSecrets: ["s"], verifyToken: "v",
  actions: {${actions}
  },
});
export const ready = (): Promise<void> => bot.trigger("15550001111", "ready", { name: "Ana", count: 2, on_day: "2026-05-04" });
`;
}

function config(folder: string): object {
  const source = (name: string): readonly string[] => [join(ROOT, `packages/${name}/src/index.ts`)];
  return {
    extends: join(ROOT, "tsconfig.tests.json"),
    compilerOptions: {
      rootDir: "/",
      types: [],
      typeRoots: [join(ROOT, "node_modules/@types")],
      paths: {
        "@parley/runtime": source("runtime"),
        "@parley/machine": source("machine"),
        "@parley/whatsapp": source("whatsapp"),
      },
    },
    include: [join(folder, "*.ts")],
  };
}

function typeErrors(folder: string): string {
  try {
    return execFileSync(join(ROOT, "node_modules/.bin/tsc"), ["-p", "tsconfig.json", "--pretty", "false"], {
      cwd: folder,
      encoding: "utf8",
    });
  } catch (error) {
    return (error as { stdout?: string }).stdout ?? "";
  }
}
