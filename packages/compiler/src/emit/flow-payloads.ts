/** The requests of one flow's messages, without those of the whole project: what an editor shows of a message. */
import type { Names } from "../bind/names.ts";
import { collectNodes } from "../checks/nodes.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { lower } from "../ir/lower.ts";
import type { Translations } from "../locales/translations.ts";
import type { Settings } from "../project/settings.ts";
import type { Ask, FlowDecl, StateDecl } from "../syntax/ast.ts";
import { type LayoutChoice, layoutOf } from "../types/layout.ts";
import type { Types } from "../types/type.ts";
import { emitMachine } from "./machine.ts";
import { type Payload, payloadsOf } from "./payloads.ts";

/** The parts of a compilation that requests are made from. */
interface Compiled {
  readonly names: Names;
  readonly types: Types;
  readonly settings: Settings;
  readonly translations: Translations;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Nothing where the project has an error. `states`: of the messages in these only, and what the flow gives to their asks.
 */
export function payloadsOfFlow(
  compilation: Compiled,
  flow: FlowDecl,
  states: readonly StateDecl[] = flow.states,
): readonly Payload[] {
  const { names, types, settings, translations, diagnostics } = compilation;
  const known = names.inFlow.get(flow);
  if (!known || diagnostics.some(({ severity }) => severity === "error")) return [];
  const part = { ...flow, states };
  const layouts = new Map<Ask, LayoutChoice>();
  for (const ask of collectNodes({ inFlow: new Map([[part, known]]) }).asks) {
    const layout = layoutOf({ names, types }, ask);
    if (layout) layouts.set(ask, layout);
  }
  const alone = { ...names, files: [], flows: new Map([[flow.name.text, part]]), inFlow: new Map([[part, known]]) };
  const program = lower(alone, types, settings, layouts, translations.languages);
  return [...payloadsOf(emitMachine(program, settings, translations.languages).machine, program)];
}
