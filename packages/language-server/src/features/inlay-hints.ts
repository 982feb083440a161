/** What the editor writes between the lines: counts of limited texts, types of `let`, the age of the window. */
import { agesOf, openLimit, type Syntax, showTime, showType } from "@parley/compiler";
import type { InlayHint, InlayHintKind } from "vscode-languageserver";
import { childrenOf, type Node } from "../at.ts";
import { toPosition } from "../positions.ts";
import type { View } from "../view.ts";
import { countLabel, countsOf } from "./counts.ts";

export interface HintSettings {
  /** `short`: of titles, headers and other texts of a line, and wherever four fifths of a limit are used. */
  readonly counts: "short" | "all" | "off";
  readonly types: boolean;
  /** At each ask: how old the user's last message can be. */
  readonly window: boolean;
}

export const HINTS: HintSettings = { counts: "short", types: true, window: false };

const TYPE: InlayHintKind = 1;

/** Limits of texts of a line; longer ones are rarely reached. */
const SHORT = 100;

export function inlayHints(
  view: View,
  file: Syntax.File,
  start: number,
  end: number,
  settings: HintSettings = HINTS,
): readonly InlayHint[] {
  const hints: InlayHint[] = [];
  if (settings.counts !== "off") addCounts(hints, view, file, start, end, settings.counts);
  if (settings.types || settings.window) {
    for (const declaration of file.declarations) {
      if (declaration.kind === "FlowDecl") inNode(hints, view, declaration, start, end, settings);
    }
  }
  if (settings.window) addAges(hints, view, file, start, end);
  return hints;
}

function addCounts(
  hints: InlayHint[],
  view: View,
  file: Syntax.File,
  start: number,
  end: number,
  which: "short" | "all",
): void {
  const own = view.compilation.settings.locales.default;
  for (const [text, counted] of countsOf(view, file, start, end)) {
    const { length, max } = counted.worst;
    if (text.end < start || text.start > end) continue;
    if (which === "short" && max > SHORT && length < max * 0.8) continue;
    const lines = counted.counts.map((count) => {
      return `${count.locale}: ${count.length}/${count.max}${count.sum === "" ? "" : ` = ${count.sum}`}`;
    });
    hints.push({
      position: toPosition(file.source, text.end),
      label: countLabel(counted, own),
      paddingLeft: true,
      tooltip: `${counted.what}, at its longest\n${lines.join("\n")}`,
    });
  }
}

function inNode(hints: InlayHint[], view: View, node: Node, start: number, end: number, settings: HintSettings): void {
  if (node.end < start || node.start > end) return;
  if (settings.types && node.kind === "Let") addType(hints, view, node as Node & Syntax.Let);
  for (const child of childrenOf(node)) inNode(hints, view, child, start, end, settings);
}

function addType(hints: InlayHint[], view: View, node: Syntax.Let): void {
  const type = view.compilation.types.ofDecl.get(node);
  if (!type || type.kind === "unknown" || node.name.text === "") return;
  hints.push({ position: toPosition(node.source, node.name.end), label: `: ${showType(type)}`, kind: TYPE });
}

function addAges(hints: InlayHint[], { compilation }: View, file: Syntax.File, start: number, end: number): void {
  const { windowMarginMs, quietMs } = compilation.settings;
  const times = { openMs: openLimit(windowMarginMs), marginMs: windowMarginMs, quietMs };
  const { at } = agesOf(compilation.graph, times);
  for (const node of compilation.graph.nodes) {
    const syntax = node.what.kind === "ask" ? node.what.syntax : undefined;
    const age = at[node.id];
    if (syntax?.source.path !== file.source.path || age === undefined || syntax.end < start || syntax.start > end)
      continue;
    hints.push({
      position: toPosition(file.source, syntax.start),
      label: Number.isFinite(age) ? `≤ ${showTime(age)}` : "any time",
      paddingRight: true,
      tooltip: "How long ago the user's last message can be when this is sent.",
    });
  }
}
