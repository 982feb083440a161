/** Headers and footers. */
import type { FooterDef, HeaderDef } from "@parley/machine";
import type { FooterClause, HeaderClause } from "../syntax/ast.ts";
import { lowerExpr } from "./expressions.ts";
import type { Lowering } from "./lowering.ts";
import { addText } from "./texts.ts";

export function lowerHeader(l: Lowering, header: HeaderClause, key: string): HeaderDef {
  const when = header.when ? { when: lowerExpr(l, header.when) } : {};
  if (header.media !== "text") return { kind: header.media, value: lowerExpr(l, header.value), ...when };
  const text = header.value.kind === "TextExpr" ? addText(l, key, header.value) : key;
  return { kind: "text", text, ...when };
}

export function lowerFooter(l: Lowering, footer: FooterClause, key: string): FooterDef {
  const text = addText(l, key, footer.text);
  return footer.when ? { text, when: lowerExpr(l, footer.when) } : { text };
}
