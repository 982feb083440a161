import { readFileSync } from "node:fs";
import { costsOf, type Prices, parseRates, priceRange } from "@parley/compiler";
import { COST_FORMATS } from "../cost/formats.ts";
import { reportOf } from "../cost/report.ts";
import { EXIT, UsageError } from "../exit.ts";
import { outputOf } from "../project/compile.ts";
import { reasonOf, textOf } from "../project/files.ts";
import { compileForUse } from "../project/use.ts";
import { writeText } from "../report/write.ts";
import type { Run } from "./command.ts";
import { outputsOf } from "./options.ts";

const FREE = { service: 0, utility: 0, marketing: 0, authentication: 0 } as const;

export const cost: Run = async ([path], options) => {
  const outputs = outputsOf(options.format ?? ["human"], COST_FORMATS);
  const compiled = await compileForUse(path);
  if (!compiled) return EXIT.findings;
  const { graph, settings } = compiled.compilation;
  const { currency, prices } = pricesOf(options.rates, settings.markets);
  const templates = outputOf(compiled)?.machine.templates ?? {};
  const categoryOf = (template: string): keyof typeof FREE => templates[template]?.category ?? "utility";
  const report = reportOf(settings.name, currency, costsOf({ graph, categoryOf, prices }));
  for (const { format, file } of outputs) {
    const text = (await format())(report);
    if (file === undefined) process.stdout.write(text);
    else writeText(file, text);
  }
  return EXIT.clean;
};

function pricesOf(
  path: string | undefined,
  markets: readonly string[],
): { readonly currency: string | undefined; readonly prices: Prices } {
  if (path === undefined) return { currency: undefined, prices: { low: FREE, high: FREE } };
  let text: string;
  try {
    text = textOf(readFileSync(path), path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} cannot be read: ${reasonOf(error)}`);
  }
  const rates = parseRates({ path, text });
  if (typeof rates === "string") throw new UsageError(`${path}: ${rates}`);
  return { currency: rates.currency, prices: priceRange(rates, markets) };
}
