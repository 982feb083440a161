/** Which files can be understood otherwise, because others have changed. */
import type { Declaration, File } from "../syntax/ast.ts";
import type { Source } from "../text/source.ts";

const words = new WeakMap<Source, ReadonlySet<string>>();

/** Everything in a text that can be a name, wherever it stands: what a file refers to is among them. */
function wordsIn({ source, start, end }: File): ReadonlySet<string> {
  let known = words.get(source);
  if (!known) {
    known = new Set(source.text.slice(start, end).match(/[A-Za-z_]\w*/g));
    words.set(source, known);
  }
  return known;
}

/**
 * The sources of `files` that nothing of `changed` (old and new) concerns. What mentions a name that a changed file declares
 * is concerned; where that is more than flows and tests, so is what mentions a name of the concerned file, and so on.
 */
export function unconcerned(files: readonly File[], changed: readonly File[]): ReadonlySet<Source> {
  const rest = new Set(files);
  const queue = [...changed];
  const deep = changed.some(({ declarations }) =>
    declarations.some((d) => d.kind !== "FlowDecl" && d.kind !== "TestDecl"),
  );
  const names = new Set<string>();
  for (const file of changed) rest.delete(file);
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    const fresh = namesOf(file).filter((name) => !names.has(name));
    for (const name of fresh) names.add(name);
    if (fresh.length === 0) continue;
    for (const other of rest) {
      const mentioned = wordsIn(other);
      if (!fresh.some((name) => mentioned.has(name))) continue;
      rest.delete(other);
      if (deep) queue.push(other);
    }
  }
  return new Set([...rest].map((file) => file.source));
}

function namesOf(file: File): readonly string[] {
  return file.declarations.flatMap(namesOfDeclaration);
}

function namesOfDeclaration(d: Declaration): readonly string[] {
  switch (d.kind) {
    case "TypeDecl":
    case "ActionDecl":
    case "TemplateDecl":
      return [d.name.text];
    case "ProfileDecl":
      return ["profile"];
    case "FlowDecl":
      return [d.name.text, ...d.triggers.flatMap(({ on }) => ("name" in on ? [on.name.text] : []))];
    case "TestDecl":
    case "InvalidDecl":
      return [];
  }
}
