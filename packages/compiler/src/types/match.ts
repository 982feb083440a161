/** `match`: its cases are those of the value's enum, each once, all of them. */
import type { Match } from "../syntax/ast.ts";
import { indentBefore } from "../text/indent.ts";
import { spanOf } from "../text/source.ts";
import { inferPresent } from "./expressions.ts";
import { unknownCase } from "./fields.ts";
import { show } from "./show.ts";
import type { Type } from "./type.ts";
import { mistake, report, type Typer } from "./typer.ts";

/** Whether one of its arms is always taken; also where that is unknown. */
export function typeMatch(t: Typer, s: Match): boolean {
  const type = inferPresent(t, s.value);
  if (type.kind !== "enum") {
    if (type.kind !== "unknown") mistake(t, s.value, `\`match\` takes a value of an enum, this is \`${show(type)}\``);
    return true;
  }
  const seen = new Set<string>();
  let unknown = false;
  for (const arm of s.arms) {
    for (const name of arm.cases) {
      if (!type.cases.includes(name.text)) {
        unknown ||= true;
        if (name.text !== "") unknownCase(t, name, type);
      } else if (seen.has(name.text)) {
        report(t, "P2002", name, { what: "case", name: name.text });
      } else {
        t.cases.set(
          name,
          type.decl?.cases.find((c) => c.name.text === name.text),
        );
      }
      seen.add(name.text);
    }
  }
  if (s.arms.some((arm) => arm.isElse)) return true;
  const missing = type.cases.filter((name) => !seen.has(name));
  // A misspelt case is the one that is missing.
  if (missing.length > 0 && !unknown) notExhaustive(t, s, type, missing);
  return true;
}

/** The new arms do nothing, in the place and with the indentation of the last. */
function notExhaustive(t: Typer, s: Match, type: Type & { kind: "enum" }, missing: readonly string[]): void {
  const word = spanOf(s.source, s.start, Math.min(s.end, s.start + "match".length));
  const last = s.arms.at(-1);
  const at = last ? last.end : s.end - 1;
  const indent = last ? indentBefore(last) : "  ";
  const text = missing.map((name) => `\n${indent}${name} {}`).join("");
  const edits = [{ span: spanOf(s.source, at, at), text }];
  const title = missing.length === 1 ? "Add the missing arm" : "Add the missing arms";
  report(t, "P2007", word, { of: type.name, missing }, [{ title, safe: false, edits }]);
}
