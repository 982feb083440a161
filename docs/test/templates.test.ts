/** What the page on templates shows is true. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  compile,
  DEFAULT_SETTINGS,
  describe,
  parseTemplates,
  templateRequests,
} from "../../packages/compiler/src/index.ts";
import { validateTemplate } from "../../packages/whatsapp/src/index.ts";

const page = readFileSync(new URL("../templates.md", import.meta.url), "utf8");

function blocks(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^ *\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\`$`, "gm"))].map((m) => m[1] ?? "");
}

function compiled(text: string, templates?: string) {
  const listed =
    templates === undefined ? {} : { templates: parseTemplates({ path: "templates.yaml", text: templates }) };
  // A piece of a bot: that it has no way to a person is not the matter here.
  const settings = { ...DEFAULT_SETTINGS, lone: false, lint: { P9001: "off" } } as const;
  return compile({ settings, files: [{ path: "main.flow", text }], ...listed });
}

test("its bot compiles, and its template can be handed in", () => {
  const [flow = ""] = blocks("flow");
  const { diagnostics, output, names } = compiled(flow);
  expect(diagnostics.map(describe)).toEqual([]);
  const { requests, diagnostics: missing } = templateRequests(names, output?.machine ?? fail());
  expect(missing).toEqual([]);
  expect(requests).toHaveLength(1);
  expect(requests.flatMap(validateTemplate)).toEqual([]);
});

test("its file of approved templates can be read, and what it lists can be sent", () => {
  const yaml = blocks("yaml").find((block) => block.includes("order_delivery"));
  const send = `action shop() -> location infallible
    flow f { on message -> s state s { let place = shop() send template order_delivery(place, "Ana", "17") -> end } }`;
  expect(compiled(send, yaml).diagnostics.map(describe)).toEqual([]);
});

function fail(): never {
  throw new Error("no output");
}
