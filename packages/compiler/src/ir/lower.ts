/** From the checked tree to the program: called only where no error was found. */
import type { ActionDef, TemplateDef } from "@parley/machine";
import type { Names } from "../bind/names.ts";
import type { Language } from "../locales/translations.ts";
import type { Settings } from "../project/settings.ts";
import type { Types } from "../types/type.ts";
import { lowerActionDecl, lowerEnum, lowerEvents, lowerProfile } from "./declarations.ts";
import { lowerFlow } from "./flows.ts";
import { emptyRecord, type Lowering } from "./lowering.ts";
import type { FlowProgram, Program } from "./program.ts";
import { lowerTemplateDecl } from "./templates.ts";
import { lowerTest } from "./tests.ts";
import { lowerWas } from "./was.ts";

/** `layouts`: of each ask with options, in the default language. `languages`: the others. */
export function lower(
  names: Names,
  types: Types,
  settings: Settings,
  layouts: Lowering["layouts"],
  languages: readonly Language[] = [],
): Program {
  const l: Lowering = {
    names,
    types,
    settings,
    enums: emptyRecord(),
    messages: emptyRecord(),
    asks: emptyRecord(),
    texts: new Map(),
    places: { messages: [], asks: [], texts: [], parts: new Map() },
    layouts,
    languages,
  };
  for (const [name, decl] of names.types) if (decl.cases.length > 0) l.enums[name] = lowerEnum(l, decl);
  const templates = emptyRecord<TemplateDef>();
  for (const [name, decl] of names.templates) templates[name] = lowerTemplateDecl(l, decl);
  const actions = emptyRecord<ActionDef>();
  for (const [name, decl] of names.actions) actions[name] = lowerActionDecl(l, decl);
  const flows = new Map<string, FlowProgram>();
  for (const [name, decl] of names.flows) flows.set(name, lowerFlow(l, decl));
  return {
    profile: lowerProfile(l),
    events: lowerEvents(l),
    enums: l.enums,
    actions,
    templates,
    flows,
    messages: l.messages,
    asks: l.asks,
    texts: l.texts,
    places: l.places,
    was: lowerWas(names),
    // The tests of a library are its own.
    tests: names.files.flatMap((file) =>
      file.source.library ? [] : file.declarations.flatMap((d) => (d.kind === "TestDecl" ? [lowerTest(l, d)] : [])),
    ),
  };
}
