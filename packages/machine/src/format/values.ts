/**
 * The type of a value that crosses a border (actions, events, profile, typed answers, snapshots).
 *
 * Values are JSON: text, phone, url as strings; date `YYYY-MM-DD`; time `HH:MM`; moment as ms since 1970 UTC; duration as
 * ms; an enum's case as its name; a missing value as null.
 */
export type ValueType =
  | { readonly t: "text"; readonly max: number }
  | { readonly t: "number" }
  | { readonly t: "range"; readonly min: number; readonly max: number }
  | { readonly t: "bool" | "date" | "time" | "moment" | "duration" | "phone" | "url" }
  | { readonly t: "location" | "media" | "cart" | "card" }
  | { readonly t: "enum"; readonly name: string }
  | { readonly t: "record"; readonly fields: Readonly<Record<string, ValueType>> }
  | { readonly t: "list"; readonly of: ValueType; readonly min: number; readonly max: number }
  | { readonly t: "optional"; readonly of: ValueType };

/** Any JSON value that a variable can hold. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };
