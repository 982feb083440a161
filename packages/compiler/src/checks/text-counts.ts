/** How much of its limit each text of a flow can take, in the language that takes most: what an editor shows beside it. */

import { LIMITS } from "@parley/whatsapp";
import type { FlowNames, Names } from "../bind/names.ts";
import type { Translations } from "../locales/translations.ts";
import type { Settings } from "../project/settings.ts";
import type { Ask, FlowDecl, TextExpr } from "../syntax/ast.ts";
import { type LayoutChoice, layoutOf } from "../types/layout.ts";
import { maxLength, type TextLength } from "../types/length.ts";
import type { Types } from "../types/type.ts";
import { asWritten, type Wording } from "../types/wording.ts";
import { sumOf } from "./lengths.ts";
import { collectNodes } from "./nodes.ts";
import { type TextUse, textUses } from "./text-uses.ts";

/** In one language. */
export interface TextCount {
  readonly locale: string;
  /** What is said in this language. */
  readonly text: TextExpr;
  /** The greatest length over all values of the holes, in code points. */
  readonly length: number;
  /** In code points, by the layout that the message has in this language. */
  readonly max: number;
  /** `7 written + 24 for {p.name}: text(24)`; what the length is made of. */
  readonly sum: string;
}

export interface CountedText {
  /** As the file says it. */
  readonly text: TextExpr;
  /** "the title of `small`". */
  readonly what: string;
  /** The default language first, then the others of the project. */
  readonly counts: readonly TextCount[];
  /** The count that leaves least room. */
  readonly worst: TextCount;
}

export interface Worded {
  readonly names: Names;
  readonly types: Types;
  readonly translations: Translations;
  readonly settings: Settings;
}

/** Texts of a flow's messages, in the order in which messages hold them. `within`: of these parts of it only. */
export function textCounts(
  program: Worded,
  flow: FlowDecl,
  within: Pick<FlowDecl, "states" | "elses" | "afters"> = flow,
): readonly CountedText[] {
  const { states, elses, afters } = within;
  const nodes = collectNodes({ inFlow: new Map([[{ ...flow, states, elses, afters }, NOTHING]]) });
  const own = asWritten(program.settings.locales.default);
  const counted = new Map<TextExpr, { readonly what: string; readonly counts: TextCount[] }>();
  const originals = new Map<TextExpr, TextExpr>();
  for (const wording of [own, ...program.translations.languages.map((language) => language.wording)]) {
    const isOwn = wording === own;
    for (const use of textUses(nodes, layoutsIn(program, nodes.asks, isOwn ? undefined : wording))) {
      const text = wording.text(use.text);
      const original = isOwn ? use.text : (originals.get(use.text) ?? use.text);
      if (original.source !== flow.source) continue;
      const before = counted.get(original);
      if (!before && !isOwn) continue;
      const entry = before ?? { what: use.what, counts: [] };
      counted.set(original, entry);
      entry.counts.push(countOf(program, use, text, wording));
      if (isOwn)
        for (const { wording: other } of program.translations.languages) originals.set(other.text(original), original);
    }
  }
  return [...counted].flatMap(([text, { what, counts }]) => {
    const worst = counts.reduce<TextCount | undefined>((a, b) => (a && room(a) <= room(b) ? a : b), undefined);
    return worst ? [{ text, what, counts, worst }] : [];
  });
}

const NOTHING: FlowNames = { states: new Map(), vars: new Map(), lets: new Map(), asks: new Map() };

function room({ length, max }: TextCount): number {
  return max - length;
}

function layoutsIn(
  program: Worded,
  asks: readonly Ask[],
  wording: Wording | undefined,
): ReadonlyMap<Ask, LayoutChoice> {
  const layouts = new Map<Ask, LayoutChoice>();
  for (const ask of asks) {
    const layout = layoutOf({ names: program.names, types: program.types, wording }, ask);
    if (layout) layouts.set(ask, layout);
  }
  return layouts;
}

/** A label beside a short title that does not fit stands as the description. */
function countOf(program: Worded, use: TextUse, text: TextExpr, wording: Wording): TextCount {
  const length: TextLength = maxLength(program.types.ofExpr, text, wording);
  const asDescription = use.short !== undefined && length.codePoints > use.max;
  const max = asDescription ? LIMITS.rowDescription.max : use.max;
  return {
    locale: wording.locale,
    text,
    length: length.codePoints,
    max,
    sum: length.holes.length > 0 ? sumOf(length) : "",
  };
}
