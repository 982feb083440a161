/** `test` declarations as data: what the compiler makes of them and the simulator runs. Not part of a machine. */
import type { Expr } from "./format.ts";

export interface TestDef {
  readonly title: string;
  /** Makes the flow's variables visible to expressions. */
  readonly flow?: string;
  readonly at: TestPlace;
  readonly steps: readonly TestStep[];
}

/** Line and column from 1, of the project's file. */
export interface TestPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The step as written, white space runs as one. */
  readonly source: string;
}

export type TestMedia = "image" | "video" | "audio" | "document" | "sticker" | "contact";

export type TestStep = { readonly at: TestPlace } & (
  | { readonly kind: "says"; readonly text: string }
  /** `option`: an option's id, or else its title. `of`: an ask id, whose latest message is tapped. */
  | { readonly kind: "taps"; readonly option: string; readonly of?: string }
  | { readonly kind: "opens"; readonly ad: string }
  | { readonly kind: "reacts"; readonly emoji: string }
  | { readonly kind: "sendsLocation"; readonly latitude: Expr; readonly longitude: Expr }
  | { readonly kind: "sendsValue"; readonly what: "order" | "form" | "address"; readonly value: Expr }
  | { readonly kind: "sendsMedia"; readonly what: TestMedia }
  | { readonly kind: "advance"; readonly ms: number }
  | { readonly kind: "event"; readonly name: string; readonly args: readonly Expr[] }
  | {
      readonly kind: "mock";
      readonly action: string;
      readonly behaviour: "value" | "fails" | "times out";
      readonly value?: Expr;
    }
  | { readonly kind: "deliverTwice" | "failDelivery" | "release" }
  | { readonly kind: "deliverLate"; readonly ms: number }
  | { readonly kind: "locale"; readonly name: string }
  | { readonly kind: "expect"; readonly what: Expectation }
);

export type SentKind =
  | "text"
  | "buttons"
  | "list"
  | "image"
  | "video"
  | "audio"
  | "document"
  | "location"
  | "contact"
  | "product"
  | "products"
  | "catalog"
  | "link"
  | "carousel"
  | "form";

export type Expectation =
  | { readonly kind: "sent"; readonly sent: SentKind; readonly containing?: string; readonly option?: string }
  | { readonly kind: "template"; readonly template: string; readonly containing?: string; readonly option?: string }
  | { readonly kind: "that"; readonly condition: Expr }
  | { readonly kind: "call"; readonly action: string; readonly args: readonly Expr[] }
  /** `flow.state` or `flow.state.ask`. */
  | { readonly kind: "state"; readonly path: string }
  | { readonly kind: "nothing" | "end" | "handoff" };
