import { expect, test } from "vitest";
import { HINTS, type HintSettings, inlayHints } from "../../src/features/inlay-hints.ts";
import { viewOf } from "../support/projects.ts";

const FLOW = `action menu() -> text(12)
flow order {
  on message -> ask
  state ask {
    let dish = menu() else -> end
    ask "Welcome! What would you like?" {
      option dish "The {dish}" -> end
      option no "Nothing" -> end
    }
  }
}
`;

function hints(settings: Partial<HintSettings> = {}): readonly string[] {
  const view = viewOf([
    { path: "parley.yaml", text: "name: bot\nlocales: { default: en, others: [de] }\n" },
    { path: "locales/de.yaml", text: 'order.ask:\n  option.no: "Nichts davon, nein danke"\n' },
    { path: "main.flow", text: FLOW },
  ]);
  const [file] = view.compilation.files;
  if (!file) return [];
  const lines = FLOW.split("\n");
  return inlayHints(view, file, 0, FLOW.length, { ...HINTS, ...settings }).map(({ position, label: given }) => {
    const label = typeof given === "string" ? given : "";
    const line = lines[position.line] ?? "";
    return `${line.slice(0, position.character).trim()}«${label}»`;
  });
}

test("short texts have the count of the language that leaves least room, `let`s their types", () => {
  expect(hints()).toEqual(['option dish "The {dish}"«16/20»', 'option no "Nothing"«24/24 de»', "let dish«: text(12)»"]);
});

test("all texts have counts where that is wanted", () => {
  expect(hints({ counts: "all", types: false })).toContain('ask "Welcome! What would you like?"«29/1024»');
});

test("asks tell how old the user's last message can be", () => {
  expect(hints({ counts: "off", types: false, window: true })).toEqual(["«≤ 10 s»"]);
});
