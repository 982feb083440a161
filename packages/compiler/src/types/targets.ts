/** What `set` and `as` write to. */
import type { LValue, Name } from "../syntax/ast.ts";
import { LOCALE } from "./builtins.ts";
import { fieldsOf, unknownField } from "./fields.ts";
import { present } from "./relations.ts";
import { show } from "./show.ts";
import type { Type } from "./type.ts";
import { mistake, report, type Typer } from "./typer.ts";

export interface Target {
  readonly type: Type;
  /** The key of facts about it. */
  readonly path: string;
  /** As written, for messages. */
  readonly name: string;
}

/** `undefined` where it is unknown or cannot be written, which is reported. */
export function targetOf(t: Typer, target: LValue): Target | undefined {
  const [first, ...rest] = target.names;
  if (!first) return undefined;
  const root = rootOf(t, target, first, rest[0]);
  if (!root) return undefined;
  let { type, path } = root;
  for (const name of rest.slice(root.used)) {
    if (name.text === "" || type.kind === "unknown") return undefined;
    if (type.kind === "optional") {
      report(t, "P2004", name, { problem: "none", what: `what has the field \`${name.text}\`` });
      type = present(type);
    }
    const field = fieldsOf(type)?.get(name.text);
    if (!field) {
      unknownField(t, name, show(type), fieldsOf(type));
      return undefined;
    }
    type = field.type;
    path = `${path}.${name.text}`;
  }
  t.ofTarget.set(target, type);
  return { type, path, name: `\`${target.names.map((name) => name.text).join(".")}\`` };
}

interface RootTarget {
  readonly type: Type;
  readonly path: string;
  /** How many further names it took. */
  readonly used: number;
}

function rootOf(t: Typer, target: LValue, first: Name, second: Name | undefined): RootTarget | undefined {
  const referent = t.names.refs.get(first);
  switch (referent?.kind) {
    case "var": {
      const type = t.ofDecl.get(referent.decl);
      return type && { type, path: `var ${referent.slot}`, used: 0 };
    }
    case "let":
    case "row":
    case "item":
      mistake(
        t,
        target,
        `\`${first.text}\` keeps its value, only a \`var\`, a parameter or a field of \`profile\` can be set`,
      );
      return undefined;
    case "root":
      return inRoot(t, target, referent.name, second);
    default:
      return undefined;
  }
}

function inRoot(t: Typer, target: LValue, root: string, field: Name | undefined): RootTarget | undefined {
  if (root === "profile" && field && t.profile.kind === "record") {
    const info = t.profile.fields.get(field.text);
    if (!info) {
      if (field.text !== "") unknownField(t, field, "profile", t.profile.fields);
      return undefined;
    }
    // A field without a value at first reads as one that may be missing, and is written as declared.
    const type = (info.decl && t.ofDecl.get(info.decl)) ?? info.type;
    return { type, path: `root profile.${field.text}`, used: 1 };
  }
  if (root === "contact" && field?.text === "locale") {
    return { type: LOCALE, path: "root contact.locale", used: 1 };
  }
  const written = target.names.map((name) => name.text).join(".");
  mistake(t, target, `\`${written}\` cannot be set, only variables, fields of \`profile\` and \`contact.locale\` can`);
  return undefined;
}
