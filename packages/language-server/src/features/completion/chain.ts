/** The type of what stands before a place: `pizza.toppings[0].` is read token by token, whatever is broken around it. */
import { BUILTINS, fieldsOf, showType, type Type, type WrittenToken } from "@parley/compiler";
import { scopeOf } from "./scope.ts";
import type { Writing } from "./writing.ts";

/** What a chain of names, fields, indexes and calls is. */
export type Chained =
  | { readonly kind: "value"; readonly type: Type }
  | { readonly kind: "enum"; readonly type: Type & { readonly kind: "enum" } }
  | { readonly kind: "env" };

/** Of the tokens that end right before `end` (a `.`, an operator), counted from 0. */
export function chainBefore(w: Writing, tokens: readonly WrittenToken[], end: number): Chained | undefined {
  const start = chainStart(tokens, end);
  const [first, ...rest] = tokens.slice(start, end);
  return first && /^[A-Za-z_]/.test(first.image) ? follow(w, first.image, rest) : undefined;
}

/** Backwards over `name`, `.name`, `[…]` and `(…)`. */
function chainStart(tokens: readonly WrittenToken[], end: number): number {
  let at = end;
  for (;;) {
    const token = tokens[at - 1]?.image;
    if (token === "]" || token === ")") {
      const open = matching(tokens, at - 1);
      if (open < 0) return at;
      at = open;
      if (!/^[A-Za-z_]/.test(tokens[at - 1]?.image ?? "") && tokens[at - 1]?.image !== "]") return at;
      continue;
    }
    if (token === undefined || !/^[A-Za-z_]/.test(token)) return at;
    at--;
    if (tokens[at - 1]?.image !== ".") return at;
    at--;
  }
}

function matching(tokens: readonly WrittenToken[], close: number): number {
  let depth = 0;
  for (let i = close; i >= 0; i--) {
    const image = tokens[i]?.image;
    if (image === "]" || image === ")") depth++;
    else if ((image === "[" || image === "(") && --depth === 0) return i;
  }
  return -1;
}

function follow(w: Writing, first: string, rest: readonly WrittenToken[]): Chained | undefined {
  let at = rootOf(w, first, rest[0]?.image === "(");
  for (let i = rest[0]?.image === "(" ? afterBracket(rest, 0) : 0; at && i < rest.length; ) {
    if (rest[i]?.image === "[") {
      i = afterBracket(rest, i);
      const list = at.kind === "value" ? present(at.type) : undefined;
      at = list?.kind === "list" ? { kind: "value", type: list.of } : undefined;
    } else if (rest[i]?.image === "." && at.kind === "value") {
      const field = fieldsOf(present(at.type))?.get(rest[i + 1]?.image ?? "");
      at = field && { kind: "value", type: field.type };
      i += 2;
    } else if (rest[i]?.image === "." && at.kind === "enum") {
      at = { kind: "value", type: at.type };
      i += 2;
    } else return undefined;
  }
  return at;
}

function afterBracket(tokens: readonly WrittenToken[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const image = tokens[i]?.image;
    if (image === "[" || image === "(") depth++;
    else if ((image === "]" || image === ")") && --depth === 0) return i + 1;
  }
  return tokens.length;
}

function rootOf(w: Writing, name: string, isCall: boolean): Chained | undefined {
  const { names, types } = w.view.compilation;
  if (isCall) {
    const result = names.actions.get(name)?.result;
    const type = result && types.ofType.get(result);
    return type && { kind: "value", type };
  }
  if (name === "env") return { kind: "env" };
  const value = scopeOf(w).find((one) => one.name === name);
  if (value) return { kind: "value", type: value.type };
  const type = typeNamed(w, name);
  return type?.kind === "enum" ? { kind: "enum", type } : undefined;
}

/** A declared or built-in type. */
export function typeNamed({ view }: Writing, name: string): Type | undefined {
  const { names, types } = view.compilation;
  const decl = names.types.get(name);
  if (!decl) return BUILTINS.get(name);
  if (decl.type) return types.ofType.get(decl.type);
  return { kind: "enum", name, cases: decl.cases.map((c) => c.name.text), decl };
}

export function present(type: Type): Type {
  return type.kind === "optional" ? present(type.of) : type;
}

export function shown(type: Type): string {
  return type.kind === "unknown" ? "" : showType(type);
}
