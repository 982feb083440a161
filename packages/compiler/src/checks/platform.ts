/** P3018: what the platform of the project file does not have. */
import { useCloud } from "../project/use-cloud.ts";
import type { Span } from "../text/source.ts";
import { at, type Checked, type Report } from "./program.ts";

/** Reactions and typing indicators are the Cloud API's alone. */
export function availableOnPlatform({ nodes, settings }: Checked, report: Report): void {
  if (settings.platform !== "on_premises") return;
  const place = settings.places?.platform;
  const fixes = place ? [useCloud(place)] : [];
  const missing = (what: string, span: Span): void =>
    at(report, "P3018", span, { what, problem: "missing" }, { fixes });
  for (const react of nodes.reacts) missing("a reaction", react);
  for (const typing of nodes.typings) missing("the typing indicator", typing);
}
