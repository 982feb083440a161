/** Types of what the language itself gives, for those who show them. */
import type { Names, Root } from "../bind/names.ts";
import { CONTACT, FAILURE_TYPE, optional, REPLY, UNKNOWN, WINDOW } from "./builtins.ts";
import type { FieldInfo, Type, Types } from "./type.ts";

/** As it is where nothing is known of the way there: `reply` can be `none`. */
export function typeOfRoot(names: Names, types: Types, root: Root): Type {
  switch (root) {
    case "contact":
      return CONTACT;
    case "profile":
      return profileOf(names, types);
    case "reply":
      return optional(REPLY);
    case "window":
      return WINDOW;
    case "failure":
      return FAILURE_TYPE;
    case "env":
      return { kind: "namespace", name: root };
  }
}

/** A field without a value at first is `none` until it is set. */
function profileOf(names: Names, types: Types): Type {
  const fields = (names.profile?.fields ?? []).map((decl): readonly [string, FieldInfo] => {
    const declared = types.ofDecl.get(decl) ?? UNKNOWN;
    const type = decl.value ? declared : optional(declared);
    return [decl.name.text, { name: decl.name.text, type, personal: types.personal.has(decl), decl }];
  });
  return { kind: "record", name: "profile", fields: new Map(fields) };
}
