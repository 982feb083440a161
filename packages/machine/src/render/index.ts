export { renderAsk } from "./ask.ts";
export { type ShownProducts, shownProducts } from "./commerce.ts";
export { PAGE_ROWS, pageCount } from "./list.ts";
export { renderMessage, sendingOf } from "./message.ts";
export { numberedOptions, renderNumbered } from "./numbered.ts";
export { type Shown, type ShownOption, type ShownSection, shownOptions } from "./options.ts";
export type { MediaFile, Scope } from "./scope.ts";
export { sourceOf } from "./source.ts";
export { symbolicScope } from "./symbolic.ts";
