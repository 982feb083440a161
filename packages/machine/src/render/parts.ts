/** Headers, bodies and footers, which several kinds of messages share. */
import type { Header, TextHeader, TextPart } from "@parley/whatsapp";
import type { Expr, FooterDef, HeaderDef, TextKey } from "../format.ts";
import { type Printing, printTemplate, type Scope } from "./scope.ts";

export function printText(scope: Scope, key: TextKey, printing: Printing = "plain"): string {
  return printTemplate(scope, scope.text(key), printing);
}

function isThere(scope: Scope, part: { readonly when?: Expr } | undefined): boolean {
  return part !== undefined && (part.when === undefined || scope.holds(part.when));
}

function renderHeader(scope: Scope, header: HeaderDef): Header {
  if (header.kind === "text") return { type: "text", text: printText(scope, header.text, "line") };
  const { kind } = header;
  const { ref, name } = scope.media(header.value);
  switch (kind) {
    case "image":
      return { type: "image", image: ref };
    case "video":
      return { type: "video", video: ref };
    case "document":
      return { type: "document", document: name === undefined ? ref : { ...ref, filename: name } };
    default:
      return kind satisfies never;
  }
}

export interface Frame {
  readonly header?: Header;
  readonly body: TextPart;
  readonly footer?: TextPart;
}

export interface FrameDef {
  readonly body: TextKey;
  readonly header?: HeaderDef;
  readonly footer?: FooterDef;
}

/** Header, body and footer in the order in which WhatsApp's documents write them. */
export function renderFrame(scope: Scope, def: FrameDef): Frame {
  const { header, footer } = def;
  const body: TextPart = { text: printText(scope, def.body) };
  const top = header && isThere(scope, header) ? { header: renderHeader(scope, header) } : undefined;
  return { ...top, body, ...renderFooter(scope, footer) };
}

export function renderFooter(scope: Scope, footer: FooterDef | undefined): { readonly footer?: TextPart } {
  return footer && isThere(scope, footer) ? { footer: { text: printText(scope, footer.text, "line") } } : {};
}

/** A list's header is text: the compiler lets nothing else through. */
export function textHeader(frame: Frame): { readonly header: TextHeader } | undefined {
  return frame.header?.type === "text" ? { header: frame.header } : undefined;
}
