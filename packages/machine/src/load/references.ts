/** References of messages into the tables of their machine. */
import { MachineError } from "../errors.ts";
import type { Expr, Machine, MessageDef, TextKey } from "../format.ts";

export function fail(path: string, message: string): never {
  throw new MachineError(path, message);
}

export function checkText(machine: Machine, key: TextKey, path: string): void {
  if (!Object.hasOwn(machine.texts, key)) fail(path, `there is no text ${key}`);
}

export function checkTemplateArgs(machine: Machine, name: string, args: readonly Expr[], path: string): void {
  const def = Object.hasOwn(machine.templates, name) ? machine.templates[name] : undefined;
  if (!def) return fail(`${path}/template`, `there is no template ${name}`);
  const count = Object.keys(def.params).length;
  if (args.length !== count) fail(`${path}/args`, `the template ${name} has ${count} parameters, not ${args.length}`);
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
