import type { Context } from "../context.ts";
import type { Emulator } from "../types.ts";
import type { Body } from "./read.ts";
import type { Schema } from "./schema.ts";

export interface Call {
  readonly ctx: Context;
  readonly emulator: Emulator;
  /** What stands for `{…}` in the path, by name. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, number>>;
  readonly body: Body;
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Behind `/_emulator`. */
  readonly path: string;
  /** Name of the operation. */
  readonly id: string;
  readonly summary: string;
  /** Whole numbers, 0 where they are absent. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Schema;
  readonly answer: Schema;
  readonly handle: (call: Call) => unknown;
}
