/** What `send` takes. */
import type { Expr, SendKind } from "../syntax/ast.ts";
import { CARD, NUMBER, OPTION_ID_TYPE } from "./builtins.ts";
import { checkEach } from "./calls.ts";
import { check, typeText } from "./expressions.ts";
import { checkMedia } from "./media.ts";
import { checkTemplateArgs } from "./templates.ts";
import { report, type Typer } from "./typer.ts";

// One case for each kind of send.
export function typeSend(t: Typer, what: Exclude<SendKind, { kind: "SendProducts" }>): void {
  switch (what.kind) {
    case "SendMedia":
      checkMedia(t, what.value, what.media);
      typeText(t, what.name);
      typeText(t, what.caption);
      return;
    case "SendLocation":
      checkDegrees(t, what.latitude, 90, "a latitude");
      checkDegrees(t, what.longitude, 180, "a longitude");
      typeText(t, what.name);
      typeText(t, what.address);
      return;
    case "SendContact":
      check(t, what.value, CARD, "a contact");
      return;
    case "SendProduct":
      check(t, what.value, OPTION_ID_TYPE, "a product");
      typeText(t, what.body);
      return;
    case "SendCatalog":
      typeText(t, what.body);
      if (what.thumbnail) check(t, what.thumbnail, OPTION_ID_TYPE, "a thumbnail");
      return;
    case "SendTemplate": {
      const referent = t.names.refs.get(what.name);
      if (referent?.kind === "template") checkTemplateArgs(t, what.name, referent.decl, what.args);
      else checkEach(t, [], what.args);
      return;
    }
    case "SendCarousel":
      typeText(t, what.body);
      for (const card of what.cards) {
        checkMedia(t, card.value, card.media);
        typeText(t, card.body);
        for (const link of card.links) {
          typeText(t, link.title);
          typeText(t, link.url);
        }
      }
      return;
    case "SendInvalid":
  }
}

/** A written number must lie on the earth; a calculated one is sent as the nearest that does. */
function checkDegrees(t: Typer, expr: Expr, most: number, place: string): void {
  check(t, expr, NUMBER, place);
  const degrees = writtenNumber(expr);
  if (degrees === undefined || Math.abs(degrees) <= most) return;
  report(t, "P2003", expr, { problem: "range", found: String(degrees), wanted: `-${most} to ${most}`, place });
}

function writtenNumber(expr: Expr): number | undefined {
  if (expr.kind === "NumberExpr") return expr.value;
  return expr.kind === "UnaryExpr" && expr.value.kind === "NumberExpr" ? -expr.value.value : undefined;
}
