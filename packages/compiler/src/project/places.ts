/** Places in the project file that findings elsewhere point at or mend. */
import { isMap, isScalar, isSeq, type ParsedNode, type YAMLMap } from "yaml";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { type Source, type Span, spanOf } from "../text/source.ts";
import { envEdit } from "./env-edit.ts";
import type { SettingsName, SettingsPlaces } from "./settings.ts";
import { useCloud } from "./use-cloud.ts";

export function placesIn(source: Source, root: YAMLMap.Parsed): SettingsPlaces {
  const value = (key: string): ParsedNode | null | undefined =>
    root.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value;
  const span = ({ range }: ParsedNode): Span => spanOf(source, range[0], range[1]);
  const [platform, libraries] = [value("platform"), value("libraries")];
  const env = envEdit(source, root);
  return {
    ...(platform ? { platform: span(platform) } : {}),
    libraries: isSeq(libraries) ? libraries.items.map((item) => span(item)) : [],
    ...(env ? { env } : {}),
    names: [...namesIn(value("env"), "env", span), ...namesIn(value("hours"), "hours", span)],
  };
}

/** Of a list of names, or of the keys of a map. */
function namesIn(
  node: ParsedNode | null | undefined,
  of: SettingsName["of"],
  span: (node: ParsedNode) => Span,
): readonly SettingsName[] {
  const nodes = isSeq(node) ? node.items : isMap(node) ? node.items.map(({ key }) => key) : [];
  return nodes.flatMap((one) =>
    isScalar(one) && typeof one.value === "string" ? [{ of, text: one.value, span: span(one) }] : [],
  );
}

/** The bot can be built, but for a platform that is no more. */
export function platformHint({ platform }: SettingsPlaces): readonly Diagnostic[] {
  if (!platform) return [];
  const args = { what: "the On-Premises API", problem: "gone" } as const;
  return [diagnostic("P3018", platform, args, { fixes: [useCloud(platform)], severity: "info" })];
}
