/** A program's build output, and requests with values in the place of holes. */
import { buildFiles, compile, type Output } from "../../src/compile.ts";
import { describe } from "../../src/diagnostics/report.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../src/project/settings.ts";

/** Throws where the text has an error. */
export function outputOf(text: string, settings: Partial<Settings> = {}): Output {
  const files = [{ path: "test.flow", text }];
  const { output, diagnostics, failures } = compile({ settings: { ...DEFAULT_SETTINGS, ...settings }, files });
  if (output) return output;
  throw new Error([...diagnostics.map(describe), ...failures.map((f) => `${f.rule}: ${String(f.error)}`)].join("\n"));
}

export function built(text: string, settings: Partial<Settings> = {}): ReadonlyMap<string, string> {
  return buildFiles(outputOf(text, settings));
}

/** The payloads by message id, without the envelope that all share. */
export function payloads(text: string, settings: Partial<Settings> = {}): Readonly<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [path, content] of built(text, settings)) {
    if (!path.startsWith("payloads/")) continue;
    const { messaging_product, recipient_type, to, ...rest } = JSON.parse(content) as Record<string, unknown>;
    if (messaging_product !== "whatsapp" || recipient_type !== "individual" || to !== "PHONE_NUMBER")
      throw new Error(content);
    found[path.slice("payloads/".length, -".en.json".length)] = rest;
  }
  return found;
}

/** Holes stand for values of the shortest kind that fits where they are. */
export function withSamples(value: unknown, key = ""): unknown {
  if (key === "to") return "15550001111";
  if (typeof value === "string") return value.replace(/\{[^{}]*\}/g, SAMPLES[key] ?? "7");
  if (Array.isArray(value)) return value.map((item) => withSamples(item, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withSamples(inner, name)]));
}

const SAMPLES: Readonly<Record<string, string>> = { link: "https://pizza.example/a", url: "https://pizza.example/a" };
