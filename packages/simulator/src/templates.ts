import type { EmulatorTemplate, TemplatePart } from "@parley/emulator";
import type { Machine, Template, TemplateDef } from "@parley/machine";

const CATEGORIES = { utility: "UTILITY", marketing: "MARKETING", authentication: "AUTHENTICATION" } as const;

/** Literal pieces, and for each hole the variable of its parameter. */
function textOf(template: Template): string {
  return template
    .map((piece) => {
      if (typeof piece === "string") return piece;
      return `{{${Array.isArray(piece.e) && piece.e[0] === "get" ? String(piece.e[1]) : piece.source}}}`;
    })
    .join("");
}

/** What stands for a text that the machine does not have: its parameters. */
function standIn(params: readonly string[]): string {
  return params.map((name) => `{{${name}}}`).join(", ");
}

function partsOf(machine: Machine, def: TemplateDef, locale: string): readonly TemplatePart[] {
  const text = (key: string | undefined): string | undefined => {
    const localized = key === undefined ? undefined : machine.texts[key];
    const template = localized?.[locale] ?? localized?.[machine.locales.default];
    return template && textOf(template);
  };
  const header = text(def.texts?.header) ?? standIn(def.header);
  const body = text(def.texts?.body) ?? [def.name, standIn(def.body)].filter((part) => part !== "").join(": ");
  const footer = text(def.texts?.footer);
  const buttons = def.options.map(({ id, title }) => ({ type: "QUICK_REPLY", text: text(title) ?? id }) as const);
  return [
    ...(header === "" ? [] : [{ type: "HEADER", format: "TEXT", text: header } as const]),
    { type: "BODY", text: body },
    ...(footer === undefined ? [] : [{ type: "FOOTER", text: footer } as const]),
    ...(buttons.length === 0 ? [] : [{ type: "BUTTONS", buttons } as const]),
  ];
}

/** The templates that a machine sends, approved, in each of their locales. */
export function templatesOf(machine: Machine): readonly EmulatorTemplate[] {
  return Object.values(machine.templates).flatMap((def) =>
    def.locales.map((language) => ({
      name: def.name,
      language,
      category: CATEGORIES[def.category],
      components: partsOf(machine, def, language),
    })),
  );
}
