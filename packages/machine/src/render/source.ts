/** An expression as it may have been written: for payload files, where a value is not known. */
import type { Expr, Template } from "../format.ts";

const WORDS: Readonly<Record<string, string>> = {
  "text+": "+",
  "date+": "+",
  "date-": "-",
  "moment+": "+",
  "moment-": "-",
};

export function sourceOf(e: Expr): string {
  if (e === null) return "none";
  if (typeof e === "string") return JSON.stringify(e);
  if (typeof e === "number" || typeof e === "boolean") return String(e);
  switch (e[0]) {
    case "get":
      // A second slot of one name in a state is numbered.
      return e[1].slice(e[1].lastIndexOf(".") + 1).replace(/~\d+$/, "");
    case "root":
      return e[1];
    case "field":
      return `${sourceOf(e[1])}.${e[2]}`;
    case "index":
      return `${sourceOf(e[1])}[${sourceOf(e[2])}]`;
    case "concat":
      return JSON.stringify(templateSource(e[1]));
    case "list":
      return `[${rest(e).map(sourceOf).join(", ")}]`;
    case "record":
      return `{ ${Object.entries(e[1])
        .map(([name, value]) => `${name}: ${sourceOf(value)}`)
        .join(", ")} }`;
    case "map":
      return `[${sourceOf(e[3])} for ${sourceOf(["get", e[1]])} in ${sourceOf(e[2])}]`;
    case "if":
      return `if ${sourceOf(e[1])} then ${sourceOf(e[2])} else ${sourceOf(e[3])}`;
    case "not":
      return `not ${sourceOf(e[1])}`;
    case "neg":
      return `-${sourceOf(e[1])}`;
    case "isNone":
      return `${sourceOf(e[1])} is none`;
    case "call":
      return `${e[1]}(${argsOf(e).map(sourceOf).join(", ")})`;
    default:
      return `${sourceOf(e[1])} ${WORDS[e[0]] ?? e[0]} ${sourceOf(e[2])}`;
  }
}

function argsOf(e: readonly ["call", string, ...Expr[]]): readonly Expr[] {
  const [, , ...args] = e;
  return args;
}

function rest(e: readonly ["list", ...Expr[]]): readonly Expr[] {
  const [, ...items] = e;
  return items;
}

/** Holes as `{source}`. */
export function templateSource(template: Template): string {
  return template.map((part) => (typeof part === "string" ? part : braced(part.source))).join("");
}

/** In braces, whether or not it comes with them. */
export function braced(source: string): string {
  return source.startsWith("{") && source.endsWith("}") ? source : `{${source}}`;
}
