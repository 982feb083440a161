/** Messages of `say` and `send`. */
import type { ContentDef } from "@parley/machine";
import type { Say, Send, SendKind } from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { type KeepSlot, lowerShown } from "./commerce.ts";
import { lowerExpr, lowerTemplate } from "./expressions.ts";
import { lowerHeader } from "./frame.ts";
import type { Lowering } from "./lowering.ts";
import { addText } from "./texts.ts";

/** Gives the message's id. */
export function lowerSay(l: Lowering, s: Say): string {
  const id = sure(l.names.ids.get(s));
  return addMessage(
    l,
    s,
    id,
    sayContent(l, s, id),
    s.clauses.some((c) => c.kind === "Reply"),
  );
}

function sayContent(l: Lowering, s: Say, id: string): ContentDef {
  const body = addText(l, `${id}.body`, s.body);
  const link = s.clauses.find((c) => c.kind === "LinkClause");
  if (!link) {
    return s.clauses.some((c) => c.kind === "Preview") ? { kind: "text", body, preview: true } : { kind: "text", body };
  }
  const header = s.clauses.find((c) => c.kind === "HeaderClause");
  const footer = s.clauses.find((c) => c.kind === "FooterClause");
  return {
    kind: "link",
    body,
    ...(header ? { header: lowerHeader(l, header, `${id}.header`) } : {}),
    ...(footer ? { footer: addText(l, `${id}.footer`, footer.text) } : {}),
    title: addText(l, `${id}.link`, link.title),
    url: lowerTemplate(l, link.url),
  };
}

/** Gives the message's id; `undefined` for what could not be read, which is reported. */
export function lowerSend(l: Lowering, s: Send, keepSlot: KeepSlot): string | undefined {
  const id = sure(l.names.ids.get(s));
  const content = sendContent(l, s.what, id, keepSlot);
  return content && addMessage(l, s, id, content, false);
}

function addMessage(l: Lowering, span: Span, id: string, content: ContentDef, reply: boolean): string {
  l.messages[id] = reply ? { id, content, reply } : { id, content };
  l.places.messages.push({ key: id, span });
  return id;
}

function sendContent(l: Lowering, what: SendKind, id: string, keepSlot: KeepSlot): ContentDef | undefined {
  switch (what.kind) {
    case "SendMedia":
      return {
        kind: "media",
        media: what.media,
        value: lowerExpr(l, what.value),
        ...(what.caption ? { caption: addText(l, `${id}.caption`, what.caption) } : {}),
        ...(what.name ? { name: addText(l, `${id}.name`, what.name) } : {}),
      };
    case "SendLocation":
      return {
        kind: "location",
        latitude: lowerExpr(l, what.latitude),
        longitude: lowerExpr(l, what.longitude),
        ...(what.name ? { name: addText(l, `${id}.name`, what.name) } : {}),
        ...(what.address ? { address: addText(l, `${id}.address`, what.address) } : {}),
      };
    case "SendContact":
      return { kind: "contact", value: lowerExpr(l, what.value) };
    case "SendTemplate":
      return { kind: "template", template: what.name.text, args: what.args.map((arg) => lowerExpr(l, arg)) };
    case "SendProduct":
    case "SendProducts":
    case "SendCatalog":
    case "SendCarousel":
      return lowerShown(l, what, id, keepSlot);
    case "SendInvalid":
      return undefined;
  }
}
