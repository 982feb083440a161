/** References of messages into the tables of their machine. */
import type { Expr, Machine, MessageDef, TemplateButtonDef, TemplateDef, TemplateMediaDef } from "../format.ts";
import { checkCards, checkFramed } from "./commerce.ts";
import { checkText, fail } from "./texts.ts";

export function checkTemplateArgs(machine: Machine, name: string, args: readonly Expr[], path: string): void {
  const def = Object.hasOwn(machine.templates, name) ? machine.templates[name] : undefined;
  if (!def) return fail(`${path}/template`, `there is no template ${name}`);
  const count = Object.keys(def.params).length;
  if (args.length !== count) fail(`${path}/args`, `the template ${name} has ${count} parameters, not ${args.length}`);
}

/** Its texts are there, and its parts name parameters that it has. */
export function checkTemplate(machine: Machine, def: TemplateDef, path: string): void {
  const param = (name: string | undefined, at: string): void => {
    if (name !== undefined && !Object.hasOwn(def.params, name)) fail(`${path}/${at}`, `there is no parameter ${name}`);
  };
  const params = (names: readonly string[], at: string): void => {
    for (const [i, name] of names.entries()) param(name, `${at}/${i}`);
  };
  const buttons = (list: readonly TemplateButtonDef[], at: string): void => {
    for (const [i, button] of list.entries()) {
      checkText(machine, button.title, `${path}/${at}/${i}/title`);
      for (const name of paramsOf(button)) param(name, `${at}/${i}`);
    }
  };
  params(def.header, "header");
  params(def.body, "body");
  for (const name of mediaParams(def.media)) param(name, "media");
  param(def.offer, "offer");
  for (const [i, card] of (def.cards ?? []).entries()) {
    if (card.text !== undefined) checkText(machine, card.text, `${path}/cards/${i}/text`);
    for (const name of mediaParams(card.media)) param(name, `cards/${i}/media`);
    params(card.body, `cards/${i}/body`);
    buttons(card.buttons, `cards/${i}/buttons`);
  }
  for (const [i, option] of def.options.entries()) checkText(machine, option.title, `${path}/options/${i}/title`);
  buttons(def.buttons ?? [], "buttons");
  for (const [name, key] of Object.entries(def.texts ?? {})) checkText(machine, key, `${path}/texts/${name}`);
}

function paramsOf(button: TemplateButtonDef): readonly string[] {
  if (button.kind === "mpm") return [button.thumbnail, button.sections];
  return "param" in button && button.param !== undefined ? [button.param] : [];
}

function mediaParams(media: TemplateMediaDef | undefined): readonly string[] {
  if (!media) return [];
  if (media.kind === "product") return [media.product, media.catalog];
  if (media.kind === "location") return [media.param];
  return Array.isArray(media.value) && media.value[0] === "get" ? [media.value[1]] : [];
}

export function checkMessage(machine: Machine, { content }: MessageDef, path: string): void {
  switch (content.kind) {
    case "text":
      return checkText(machine, content.body, `${path}/content/body`);
    case "link":
      for (const name of ["body", "title", "footer"] as const) {
        const key = content[name];
        if (key !== undefined) checkText(machine, key, `${path}/content/${name}`);
      }
      if (content.header?.kind === "text") checkText(machine, content.header.text, `${path}/content/header`);
      return;
    case "media":
      if (content.caption !== undefined) checkText(machine, content.caption, `${path}/content/caption`);
      if (content.name !== undefined) checkText(machine, content.name, `${path}/content/name`);
      return;
    case "location":
      if (content.name !== undefined) checkText(machine, content.name, `${path}/content/name`);
      if (content.address !== undefined) checkText(machine, content.address, `${path}/content/address`);
      return;
    case "product":
    case "products":
    case "catalog":
      return checkFramed(machine, content, `${path}/content`);
    case "carousel":
      checkText(machine, content.body, `${path}/content/body`);
      return checkCards(machine, content.cards, `${path}/content/cards`);
    case "template":
      return checkTemplateArgs(machine, content.template, content.args, `${path}/content`);
    case "contact":
      return;
    default:
      return fail(
        `${path}/content`,
        `there is no content ${JSON.stringify((content satisfies never as { kind: string }).kind)}`,
      );
  }
}
