/** A project in several languages, from texts. */
import {
  compile,
  DEFAULT_SETTINGS,
  type Diagnostic,
  describe,
  parseLocale,
  type Settings,
  spanText,
} from "../../src/index.ts";

export interface Written {
  readonly flow: string;
  /** By locale: the text of its file; a locale without one has no file. */
  readonly locales: Readonly<Record<string, string | undefined>>;
  readonly settings?: Partial<Settings>;
}

export function compiled({ flow, locales, settings }: Written): ReturnType<typeof compile> {
  const others = Object.keys(locales);
  return compile({
    settings: { ...DEFAULT_SETTINGS, ...settings, locales: { default: "en", others, dir: "locales" } },
    files: [{ path: "bot.flow", text: flow }],
    locales: Object.entries(locales).flatMap(([locale, text]) =>
      text === undefined ? [] : [parseLocale({ path: `locales/${locale}.yaml`, text }, locale)],
    ),
  });
}

/** Code, file, text under the squiggle. */
export function found(project: Written): readonly (readonly [code: string, file: string, text: string])[] {
  return compiled(project).diagnostics.map((d) => [d.code, d.span.source.path, spanText(d.span)]);
}

export function sentences(project: Written): readonly string[] {
  return compiled(project).diagnostics.map((d) => `${d.code} ${describe(d)}`);
}

/** The project after a fix. */
export function repaired(project: Written, { fixes }: Diagnostic): Written {
  const edits = [...(fixes[0]?.edits ?? [])].sort((a, b) => b.span.start - a.span.start);
  const of = (path: string, text: string): string =>
    edits
      .filter(({ span }) => span.source.path === path)
      .reduce((t, { span, text: by }) => t.slice(0, span.start) + by + t.slice(span.end), text);
  const locales = Object.entries(project.locales).map(([locale, text]) => {
    return [locale, text === undefined ? undefined : of(`locales/${locale}.yaml`, text)] as const;
  });
  return { ...project, flow: of("bot.flow", project.flow), locales: Object.fromEntries(locales) };
}

/** A bot with one ask, a reminder and an enum. */
export const SMALL = `type Size = small "Small" | large "Large"

flow order {
  on message -> size
  var size: Size?

  state size {
    say "Hello!"
    ask "What size, {contact.name ?? "friend"}?" {
      option small "A small one" { set size = Size.small }
      option large "A large one" { set size = Size.large }
      else "Please tap one, {contact.name ?? "friend"}." retry 2 -> end
      after 2h { say "Still there?" }
      after 20h -> end
    }
    say done: "One {size ?? Size.small} is on its way."
    -> end
  }
}
`;

/** All of it in Spanish. */
export const SPANISH = `order.size:
  body: "¿Qué tamaño, {contact.name ?? "friend"}?"
  option.small: "Una pequeña"
  option.large: "Una grande"
  else: "Toca una opción, {contact.name ?? "friend"}."
  texts: { "Hello!": "¡Hola!", "Still there?": "¿Sigues ahí?" }
order.size.done:
  body: "Una {size ?? Size.small} está en camino."
types:
  Size.small: "pequeña"
  Size.large: "grande"
`.replaceAll('{contact.name ?? "friend"}', '{contact.name ?? \\"friend\\"}');
