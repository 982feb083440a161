/** Whose a `.flow` file is, by its beginning. */
import { isForeignText } from "@parley/compiler";

/** Undefined for ours. */
export function foreignLanguage(text: string): "json" | "xml" | "javascript" | undefined {
  if (!isForeignText(text)) return undefined;
  const first = text.trimStart();
  if (/^[{[]/.test(first)) return "json";
  return first.startsWith("<") ? "xml" : "javascript";
}
