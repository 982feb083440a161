/** Types, actions, events and the profile. */
import type { ActionDef, EnumType, EventDef, FieldType, ValueType } from "@parley/machine";
import { ACTION_TIMEOUT_MS } from "../flow/action.ts";
import type { ActionDecl, FieldDecl, TypeDecl } from "../syntax/ast.ts";
import { fieldType } from "./flows.ts";
import { lowerHttp } from "./http.ts";
import { emptyRecord, type Lowering } from "./lowering.ts";
import { caseKey } from "./options.ts";
import { personalOf } from "./personal.ts";
import { addLabel } from "./texts.ts";
import { valueType } from "./values.ts";

export function lowerEnum(l: Lowering, decl: TypeDecl): EnumType {
  const cases = emptyRecord<string>();
  for (const enumCase of decl.cases) {
    const { text } = enumCase.name;
    cases[text] = addLabel(l, caseKey(decl.name.text, text), enumCase);
  }
  return { cases };
}

export function lowerProfile(l: Lowering): Readonly<Record<string, FieldType>> {
  const fields = emptyRecord<FieldType>();
  for (const field of l.names.profile?.fields ?? []) fields[field.name.text] = fieldType(l, field);
  return fields;
}

export function lowerEvents(l: Lowering): Readonly<Record<string, EventDef>> {
  const events = emptyRecord<EventDef>();
  for (const [name, symbol] of [...l.names.events, ...l.names.schedules]) {
    events[name] = { params: paramTypes(l, symbol.params), ...personalOf(l, symbol.params) };
  }
  return events;
}

export function paramTypes(l: Lowering, params: readonly FieldDecl[]): Readonly<Record<string, ValueType>> {
  const types = emptyRecord<ValueType>();
  for (const param of params) {
    types[param.name.text] = valueType(l, l.types.ofDecl.get(param) ?? l.types.ofType.get(param.type), param.name);
  }
  return types;
}

export function lowerActionDecl(l: Lowering, action: ActionDecl): ActionDef {
  const timeout = action.clauses.find((c) => c.kind === "Timeout");
  return {
    params: paramTypes(l, action.params),
    ...(action.result ? { result: valueType(l, l.types.ofType.get(action.result), action.result) } : {}),
    timeoutMs: timeout?.duration.value ?? ACTION_TIMEOUT_MS,
    ...(action.clauses.some((c) => c.kind === "Once") ? { once: true as const } : {}),
    ...(action.clauses.some((c) => c.kind === "Infallible") ? { infallible: true as const } : {}),
    ...lowerHttp(l, action),
    ...personalOf(l, action.params),
  };
}
