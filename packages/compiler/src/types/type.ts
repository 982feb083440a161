/** Types of expressions as the checker sees them; `types/` fills the tables below. */
import type {
  CallExpr,
  ComprehensionExpr,
  EnumCase,
  Expr,
  FieldDecl,
  FieldExpr,
  ForRows,
  Let,
  LValue,
  Name,
  TypeDecl,
  TypeExpr,
} from "../syntax/ast.ts";

export type Type =
  /** 1 to `max` code points. */
  | { readonly kind: "text"; readonly max: number }
  | { readonly kind: "number" }
  | { readonly kind: "range"; readonly min: number; readonly max: number }
  | { readonly kind: "bool" | "date" | "time" | "moment" | "duration" | "phone" | "url" }
  | { readonly kind: "location" | "media" | "cart" | "card" }
  /** `decl` is absent for enums that the language gives (`Failure`, kinds of replies). */
  | {
      readonly kind: "enum";
      readonly name: string;
      readonly cases: readonly string[];
      readonly decl: TypeDecl | undefined;
    }
  /** `name` where it was declared with one: types are compared by structure, names are for messages. */
  | { readonly kind: "record"; readonly name: string | undefined; readonly fields: ReadonlyMap<string, FieldInfo> }
  | { readonly kind: "list"; readonly of: Type; readonly min: number; readonly max: number }
  | { readonly kind: "optional"; readonly of: Type }
  | { readonly kind: "none" }
  /** The name of a type or a root, which is no value by itself. */
  | { readonly kind: "namespace"; readonly name: string }
  /** Follows from an error that was reported: fits everything, says nothing. */
  | { readonly kind: "unknown" };

export interface FieldInfo {
  readonly name: string;
  readonly type: Type;
  readonly personal: boolean;
  readonly decl: FieldDecl | undefined;
}

/** The type of each expression but texts that the user sees, whose holes are there. */
export interface ExprTypes {
  get(expr: Expr): Type | undefined;
}

export interface Types {
  readonly ofExpr: ExprTypes;
  readonly ofType: ReadonlyMap<TypeExpr, Type>;
  /** Declared and inferred types of everything that has a value. */
  readonly ofDecl: ReadonlyMap<FieldDecl | Let | ForRows | ComprehensionExpr, Type>;
  readonly personal: ReadonlyMap<FieldDecl, true>;
  /** Enum cases named where the place tells the enum: arms of `match`, ids of options; no declaration for built-in enums. */
  readonly cases: ReadonlyMap<Name, EnumCase | undefined>;
  /** Expressions that name something of `parley.yaml`: `env.TOKEN`, `open("office")`. */
  readonly ofProject: readonly (FieldExpr | CallExpr)[];
  /** Of the targets of `set` and `as`; absent where they are unknown. */
  readonly ofTarget: ReadonlyMap<LValue, Type>;
}
