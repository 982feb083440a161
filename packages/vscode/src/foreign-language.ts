/** Whose a `.flow` file is, by its beginning. */

/** No text of ours begins with one of these. */
export function foreignLanguage(text: string): "json" | "xml" | "javascript" | undefined {
  const first = text.trimStart();
  if (/^[{[]/.test(first)) return "json";
  if (first.startsWith("<")) return "xml";
  return /^\/[/*]\s*@flow\b/.test(first) ? "javascript" : undefined;
}
