/** The type that is wanted where a value is being written. */
import { fieldsOf, type Syntax, type Type, type WrittenToken } from "@parley/compiler";
import { chainBefore, present } from "./chain.ts";
import type { Writing } from "./writing.ts";

const COMPARED: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">=", "??"]);

/** By the words left of it. */
export function wantedType(w: Writing, tokens: readonly WrittenToken[]): Type | undefined {
  const end = tokens.length;
  const last = tokens[end - 1]?.image;
  if (last === undefined) return undefined;
  if (COMPARED.has(last)) {
    const left = chainBefore(w, tokens, end - 1);
    return left?.kind === "value" ? present(left.type) : undefined;
  }
  if (last === "=") return assignedType(w, tokens.slice(0, -1));
  if (last === "return") {
    const result = w.flow?.result;
    return result && w.view.compilation.types.ofType.get(result);
  }
  const open = openBracket(tokens, end);
  return open && insideBracket(w, tokens, open);
}

/** Of what stands before a `=`: a target, a declared name, a mocked action. */
function assignedType(w: Writing, tokens: readonly WrittenToken[]): Type | undefined {
  const { names, types } = w.view.compilation;
  if (tokens[0]?.image === "mock") {
    const result = names.actions.get(tokens[1]?.image ?? "")?.result;
    return result && types.ofType.get(result);
  }
  if (tokens[0]?.image === "set") {
    const chained = chainBefore(w, tokens, tokens.length);
    return chained?.kind === "value" ? present(chained.type) : undefined;
  }
  const name = tokens[0]?.image === "var" ? tokens[1]?.image : undefined;
  const decl = w.flow?.vars.find((one) => one.name.text === name);
  return decl && types.ofDecl.get(decl);
}

interface Open {
  /** Its place among the tokens. */
  readonly at: number;
  /** How many commas stand before the place. */
  readonly index: number;
}

/** The innermost bracket that is open at the end of the tokens. */
export function openBracket(tokens: readonly WrittenToken[], end: number): Open | undefined {
  let depth = 0;
  let index = 0;
  for (let at = end - 1; at >= 0; at--) {
    const image = tokens[at]?.image;
    if (image === ")" || image === "]" || image === "}") depth++;
    else if (image === "(" || image === "[" || image === "{") {
      if (depth === 0) return { at, index };
      depth--;
    } else if (image === "," && depth === 0) index++;
  }
  return undefined;
}

function insideBracket(w: Writing, tokens: readonly WrittenToken[], { at, index }: Open): Type | undefined {
  const last = tokens.at(-1)?.image;
  switch (tokens[at]?.image) {
    case "(": {
      if (last !== "(" && last !== ",") return undefined;
      const params = paramsOf(w, tokens, at);
      const param = params?.[index];
      return param && w.view.compilation.types.ofDecl.get(param);
    }
    case "[": {
      const list = wantedType(w, tokens.slice(0, at));
      return last === "[" || last === ","
        ? list && present(list).kind === "list"
          ? itemOf(list)
          : undefined
        : undefined;
    }
    case "{": {
      if (last !== ":") return undefined;
      const record = recordAround(w, tokens, at);
      return record && fieldsOf(record)?.get(tokens.at(-2)?.image ?? "")?.type;
    }
    default:
      return undefined;
  }
}

function itemOf(list: Type): Type | undefined {
  const type = present(list);
  return type.kind === "list" ? type.of : undefined;
}

/** The type of the record whose brace stands there. */
export function recordAround(w: Writing, tokens: readonly WrittenToken[], brace: number): Type | undefined {
  const type = wantedType(w, tokens.slice(0, brace)) ?? sentRecord(w, tokens.slice(0, brace));
  return type && present(type);
}

/** `user sends order {`. */
function sentRecord(_w: Writing, tokens: readonly WrittenToken[]): Type | undefined {
  const what = tokens.at(-1)?.image;
  if (tokens.at(-2)?.image !== "sends") return undefined;
  return what === "order" ? { kind: "cart" } : undefined;
}

/** The parameters of what is called by the name before a `(`. */
export function paramsOf(
  w: Writing,
  tokens: readonly WrittenToken[],
  bracket: number,
): readonly Syntax.FieldDecl[] | undefined {
  return calledAt(w, tokens, bracket)?.params;
}

export interface Called {
  readonly what: "action" | "flow" | "template" | "event";
  readonly name: string;
  readonly params: readonly Syntax.FieldDecl[];
  readonly result: Syntax.TypeExpr | undefined;
  readonly doc: string;
}

/** What is called by the name before a bracket: which namespace it is of, the word before tells. */
export function calledAt(w: Writing, tokens: readonly WrittenToken[], bracket: number): Called | undefined {
  const name = tokens[bracket - 1]?.image ?? "";
  const before = tokens[bracket - 2]?.image;
  const first = tokens[0]?.image;
  const { names } = w.view.compilation;
  if (before === "template" || (first === "ask" && tokens.some(({ image }) => image === "template"))) {
    const decl = names.templates.get(name);
    return decl && { what: "template", name, params: decl.params, result: undefined, doc: decl.doc };
  }
  if (before === "->" || (first === "call" && before !== "(" && before !== ",")) {
    const decl = names.flows.get(name);
    return decl && { what: "flow", name, params: decl.params, result: decl.result, doc: decl.doc };
  }
  if (before === "schedule" || before === "event") {
    const symbol =
      before === "schedule" ? names.schedules.get(name) : (names.events.get(name) ?? names.schedules.get(name));
    return symbol && { what: "event", name, params: symbol.params, result: undefined, doc: "" };
  }
  const decl = names.actions.get(name);
  return decl && { what: "action", name, params: decl.params, result: decl.result, doc: decl.doc };
}
