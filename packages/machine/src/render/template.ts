/** Template messages. */
import type { Template, TemplateComponent, TemplateMessage } from "@parley/whatsapp";
import { MachineError } from "../errors.ts";
import type { Expr, OptionDef, TemplateDef } from "../format.ts";
import { localeChain } from "../text/localized.ts";
import { oneLine } from "../text/white-space.ts";
import type { Scope } from "./scope.ts";

function templateOf(scope: Scope, name: string): TemplateDef {
  const def = scope.machine.templates[name];
  if (!def) throw new MachineError(`/templates/${name}`, "there is no such template");
  return def;
}

/** `options`: the quick replies that are answers to an ask; without them WhatsApp sends back their titles. */
export function renderTemplate(
  scope: Scope,
  name: string,
  args: readonly Expr[],
  options: readonly OptionDef[] = [],
): TemplateMessage {
  const def = templateOf(scope, name);
  const components = [
    ...parametersOf(scope, def, "header", args),
    ...parametersOf(scope, def, "body", args),
    ...options.map((option) => quickReply(scope, def, option)),
  ];
  const template: Template = { name: def.name, language: { code: languageFor(scope, def) } };
  return { type: "template", template: components.length === 0 ? template : { ...template, components } };
}

function languageFor(scope: Scope, def: TemplateDef): string {
  const chain = localeChain(scope.machine, scope.locale);
  return chain.find((locale) => def.locales.includes(locale)) ?? def.locales[0] ?? scope.locale;
}

function parametersOf(
  scope: Scope,
  def: TemplateDef,
  component: "header" | "body",
  args: readonly Expr[],
): readonly TemplateComponent[] {
  const names = def[component];
  if (names.length === 0) return [];
  const order = Object.keys(def.params);
  const parameters = names.map((name) => {
    const type = def.params[name];
    const arg = args[order.indexOf(name)];
    if (!type || arg === undefined) throw new MachineError(`/templates/${def.name}`, `there is no parameter ${name}`);
    return { type: "text" as const, parameter_name: name, text: oneLine(scope.argument(arg, type)) };
  });
  return [{ type: component, parameters }];
}

function quickReply(scope: Scope, def: TemplateDef, option: OptionDef): TemplateComponent {
  const id = scope.optionId(option.id);
  const index = def.options.findIndex((button) => button.id === id);
  return {
    type: "button",
    sub_type: "quick_reply",
    index: String(Math.max(0, index)),
    parameters: [{ type: "payload", payload: scope.wireId(id) }],
  };
}
