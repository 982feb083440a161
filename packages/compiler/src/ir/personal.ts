/** Where among some parameters personal values are. */
import type { PersonalPath } from "@parley/machine";
import type { FieldDecl } from "../syntax/ast.ts";
import type { Type } from "../types/type.ts";
import type { Lowering } from "./lowering.ts";

export function personalOf(l: Lowering, params: readonly FieldDecl[]): { readonly personal?: readonly PersonalPath[] } {
  const personal = params.flatMap((param): readonly PersonalPath[] => {
    const name = param.name.text;
    return l.types.personal.has(param) ? [[name]] : within(l.types.ofDecl.get(param)).map((path) => [name, ...path]);
  });
  return personal.length > 0 ? { personal } : {};
}

function within(type: Type | undefined): readonly PersonalPath[] {
  switch (type?.kind) {
    case "optional":
    case "list":
      return within(type.of);
    case "record":
      return [...type.fields.values()].flatMap(({ name, type: of, personal }): readonly PersonalPath[] =>
        personal ? [[name]] : within(of).map((path) => [name, ...path]),
      );
    default:
      return [];
  }
}
