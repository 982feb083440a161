/** Files: what may be sent as one, and what is known of its kind. */
import type { MediaKind } from "@parley/whatsapp";
import type { Expr } from "../syntax/ast.ts";
import { spanText } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { inferPresent } from "./expressions.ts";
import { pathOf } from "./facts.ts";
import { show } from "./show.ts";
import type { Type } from "./type.ts";
import { report, type Typer } from "./typer.ts";

const KINDS: readonly MediaKind[] = ["image", "video", "audio", "document", "sticker"];

/** One type for each kind, by identity: a fact that meets itself stays. */
const FILE_KINDS: ReadonlyMap<string, Type> = new Map(
  KINDS.map((kind): [string, Type] => [kind, { kind: "enum", name: "MediaKind", cases: [kind], decl: undefined }]),
);

/** What is known of the kind of an answer to an ask for files of one kind. */
export function fileKind(kind: string): Type | undefined {
  return FILE_KINDS.get(kind);
}

/** Where facts hold the kind of the file or files at a path; no expression has this path. */
export function fileKindPath(path: string): string {
  return `${path}.#kind`;
}

/**
 * A link, written or as a `url`, or a `media` value, sent as `kind`. Whether a written link is one, and leads to such a file,
 * is checked later (P3021).
 */
export function checkMedia(t: Typer, expr: Expr, kind?: MediaKind): void {
  const type = inferPresent(t, expr);
  if (kind && type.kind === "media") checkKind(t, expr, kind);
  if (type.kind === "url" || type.kind === "media" || type.kind === "unknown" || expr.kind === "TextExpr") return;
  report(t, "P2003", expr, { problem: "type", found: show(type), wanted: "url", place: "a file to send" });
}

function checkKind(t: Typer, expr: Expr, kind: MediaKind): void {
  const path = pathOf(t.names, expr.kind === "IndexExpr" ? expr.of : expr);
  const known = path === undefined ? undefined : t.facts.get(fileKindPath(path));
  if (known?.kind !== "enum" || known.cases.includes(kind)) return;
  report(t, "P3021", expr, { problem: "kind", found: spanText(expr), kind, allowed: sure(known.cases[0]) });
}
