/** What a name refers to and nobody has declared yet: the edit that declares it. */
import type { Code, Diagnostic, Syntax } from "@parley/compiler";
import type { CodeAction } from "vscode-languageserver";
import { type Node, pathAt } from "../../at.ts";
import type { View } from "../../view.ts";
import { problemOf } from "../problems/problem.ts";
import { action } from "./edits.ts";
import { createAction, createTemplate } from "./missing/actions.ts";
import { fillArguments, fillFields } from "./missing/fill.ts";
import { createEvent, createFlow, createSchedule, createState } from "./missing/flows.ts";
import type { Create, Missing } from "./missing/missing.ts";
import { createOption } from "./missing/options.ts";
import { createOptOut, createWayToAPerson } from "./missing/people.ts";
import { createHours, createLocale } from "./missing/settings.ts";
import { createCase, createField, createNamed, createType, createVariable } from "./missing/values.ts";

/** By what a finding says that there is none of. */
const CREATED: Readonly<Record<string, Create>> = {
  state: createState,
  flow: createFlow,
  variable: createVariable,
  "variable or type": createNamed,
  type: createType,
  case: createCase,
  action: createAction,
  "function or action": createAction,
  template: createTemplate,
  option: createOption,
  event: createEvent,
  "`on scheduled` trigger": createSchedule,
  "opening hours": createHours,
  locale: createLocale,
};

const BY_CODE: Readonly<Partial<Record<Code, Create>>> = {
  P2003: fillFields,
  P2005: createField,
  P2006: fillArguments,
  P6001: createTemplate,
  P6002: fillArguments,
  P9001: createWayToAPerson,
  P9002: createOptOut,
};

/** What these write beside a name is the same whatever that is. */
const NAMELESS: ReadonlySet<Code> = new Set(["P2003", "P2006", "P9001", "P9002"]);

export function createMissing(view: View, file: Syntax.File, offset: number): readonly CodeAction[] {
  const here = view.compilation.diagnostics.filter(
    ({ span }) => span.source.path === file.source.path && span.start <= offset && offset <= span.end,
  );
  return here.flatMap((found) => creations(view, file, found));
}

function creations(view: View, file: Syntax.File, found: Diagnostic): readonly CodeAction[] {
  const create = found.code === "P2001" ? CREATED[String(found.args["what"])] : BY_CODE[found.code];
  const name = String(found.args["name"] ?? "");
  if (!create) return [];
  // One that is there and cannot be sent is not missing.
  if (!NAMELESS.has(found.code) && (!/^[A-Za-z_]\w*$/.test(name) || "problem" in found.args)) return [];
  const made = create(missingOf(view, file, found, name));
  if (!made) return [];
  return [
    {
      ...action(view, made.title, "quickfix", made.changes),
      diagnostics: [problemOf(view, found)],
      // Beside a name that is nearly the same it is the less likely one.
      ...(found.fixes.length === 0 ? { isPreferred: true } : {}),
    },
  ];
}

function missingOf(view: View, file: Syntax.File, found: Diagnostic, name: string): Missing {
  const path = pathAt(file, found.span.start);
  const own = path.find((node): node is Node & Syntax.FlowDecl => node.kind === "FlowDecl");
  const test = path.find((node): node is Node & Syntax.TestDecl => node.kind === "TestDecl");
  const tested = test?.flow && view.compilation.names.refs.get(test.flow);
  const flow = own ?? (tested?.kind === "flow" && !tested.decl.source.library ? tested.decl : undefined);
  return { view, file, found, name, path, flow, inTest: test !== undefined };
}
