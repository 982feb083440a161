/** What names mean: tables from the project's declarations and from every node that refers to one. */
import type {
  ActionDecl,
  Ask,
  Call,
  CallExpr,
  ComprehensionExpr,
  Do,
  EnumCase,
  FieldDecl,
  File,
  FlowDecl,
  ForRows,
  Handoff,
  Let,
  Name,
  NameExpr,
  Path,
  ProfileDecl,
  Say,
  Send,
  Set as SetStatement,
  StateDecl,
  TemplateDecl,
  TypeDecl,
  Wait,
} from "../syntax/ast.ts";
import type { BySource } from "../text/by-source.ts";

export interface Names {
  readonly files: readonly File[];
  /** Each namespace by name; of two declarations of one name the first counts (the second is P2002). */
  readonly types: ReadonlyMap<string, TypeDecl>;
  readonly actions: ReadonlyMap<string, ActionDecl>;
  readonly templates: ReadonlyMap<string, TemplateDecl>;
  readonly flows: ReadonlyMap<string, FlowDecl>;
  readonly profile: ProfileDecl | undefined;
  readonly events: ReadonlyMap<string, EventSymbol>;
  readonly schedules: ReadonlyMap<string, EventSymbol>;
  readonly inFlow: ReadonlyMap<FlowDecl, FlowNames>;
  /** What a node refers to; absent where that is unknown and already reported. */
  readonly refs: BySource<NameExpr | Name, Referent>;
  /** Ids of everything that can be waited at or sent: `order.size`, `order.size.wait`, `order.size~1`. */
  readonly ids: BySource<Identified, string>;
  /** Where the value of a `let`, a row or an item is kept: the `slot` of everything that refers to it. */
  readonly slots: BySource<Let | ForRows | ComprehensionExpr, string>;
  /** What a path of a test (`of order.size`, `expect state order.size`) means, as full id; absent where unknown. */
  readonly places: BySource<Path, string>;
  /** Flows that call a flow or go over to it, by the flow that is entered. */
  readonly enteredFrom: ReadonlyMap<FlowDecl, ReadonlySet<FlowDecl>>;
}

/** What has an id of its own. */
export type Identified = Ask | Wait | Call | Let | SetStatement | Do | Handoff | Say | Send;

/** The same event may be declared by triggers of several flows, with the same parameters. */
export interface EventSymbol {
  readonly name: string;
  readonly params: readonly FieldDecl[];
  readonly flows: readonly FlowDecl[];
}

export interface FlowNames {
  readonly states: ReadonlyMap<string, StateDecl>;
  /** Variables, parameters and event parameters. */
  readonly vars: ReadonlyMap<string, FieldDecl>;
  /** By slot. */
  readonly lets: ReadonlyMap<string, Let>;
  /** Asks by full id. */
  readonly asks: ReadonlyMap<string, Ask>;
}

/** Names that the language itself gives. */
export type Root = "contact" | "profile" | "reply" | "window" | "env" | "failure";

export type Referent =
  | { readonly kind: "var"; readonly decl: FieldDecl; readonly slot: string }
  | { readonly kind: "let"; readonly decl: Let; readonly slot: string }
  | { readonly kind: "row"; readonly decl: ForRows; readonly slot: string }
  | { readonly kind: "item"; readonly decl: ComprehensionExpr; readonly slot: string }
  | { readonly kind: "root"; readonly name: Root }
  | { readonly kind: "type"; readonly decl: TypeDecl }
  | { readonly kind: "builtinType"; readonly name: string }
  | { readonly kind: "case"; readonly decl: EnumCase; readonly of: TypeDecl }
  | { readonly kind: "state"; readonly decl: StateDecl }
  | { readonly kind: "flow"; readonly decl: FlowDecl }
  | { readonly kind: "action"; readonly decl: ActionDecl }
  | { readonly kind: "function"; readonly name: string }
  | { readonly kind: "template"; readonly decl: TemplateDecl }
  | { readonly kind: "event"; readonly symbol: EventSymbol };

/** Whether a `let`/`set`/`do` value is a call of an action (then it is a point where the conversation pauses). */
export function calledAction(names: Names, value: CallExpr | Do): ActionDecl | undefined {
  const referent = names.refs.get(value.name);
  return referent?.kind === "action" ? referent.decl : undefined;
}
