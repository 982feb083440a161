/** The formatter by itself, for editors: no phase behind the parser comes with it. */
export { type Formatted, format, formatRange } from "./format/format.ts";
