/** What of a template can differ between two places, in words. */
import { sure } from "../../text/sure.ts";
import type { ListedButton, ListedTemplate } from "./listed.ts";
import { variablesOf } from "./listed.ts";

/** In one language; variables as `{{name}}` or `{{1}}`. */
export interface TemplateForm {
  readonly category: string;
  /** A text, or the kind of media. */
  readonly header: string;
  readonly body: string;
  readonly footer: string;
  /** Kind and title, of links also where they lead. */
  readonly buttons: readonly TemplateFormButton[];
}

export interface TemplateFormButton {
  readonly kind: string;
  readonly title: string;
  /** With `{{1}}` where a parameter ends it. */
  readonly url?: string;
}

export interface Difference {
  /** With its article. */
  readonly what: string;
  readonly here: string;
  readonly there: string;
  /** Whether a send fails for it. */
  readonly breaks: boolean;
}

/** Of a language that it is approved in. */
export function formOfListed(listed: ListedTemplate, language: string): TemplateForm | undefined {
  const texts = listed.texts.get(language);
  if (!texts) return undefined;
  const { shape, category } = listed;
  return {
    category,
    header: texts.header ?? (shape.media ? mediaWord(shape.media.kind) : ""),
    body: texts.body ?? "",
    footer: texts.footer ?? "",
    buttons: shape.buttons.map((button, i) => formButton(button, sure(texts.buttons[i]))),
  };
}

function formButton(button: ListedButton, title: string): TemplateFormButton {
  if (button.kind !== "url") return { kind: button.kind, title };
  return { kind: "url", title, url: `${button.url}${button.param === undefined ? "" : "{{1}}"}` };
}

/** How a header that is no text is written in a form. */
export function mediaWord(kind: string): string {
  return `(${kind})`;
}

export function differencesOf(here: TemplateForm, there: TemplateForm): readonly Difference[] {
  const found: Difference[] = [];
  const compare = (what: string, a: string, b: string, breaks: boolean): void => {
    if (a !== b) found.push({ what, here: quoted(a), there: quoted(b), breaks });
  };
  compare("the category", here.category, there.category, false);
  for (const part of ["header", "body", "footer"] as const) {
    const breaks = valuesOf(here[part]) !== valuesOf(there[part]);
    compare(`the ${part}`, here[part], there[part], breaks);
  }
  if (here.buttons.map(takes).join() !== there.buttons.map(takes).join()) {
    const words = (form: TemplateForm): string => form.buttons.map(({ kind, title }) => `${kind} ${title}`).join(", ");
    found.push({ what: "the list of buttons", here: quoted(words(here)), there: quoted(words(there)), breaks: true });
    return found;
  }
  for (const [i, button] of here.buttons.entries()) {
    const other = there.buttons[i];
    compare(`the title of button ${i + 1}`, button.title, other?.title ?? "", false);
    compare(`the link of button ${i + 1}`, button.url ?? "", other?.url ?? "", false);
  }
  return found;
}

/** What has to be given for a text. */
function valuesOf(text: string): string {
  return text.startsWith("(") ? text : variablesOf(text).toSorted().join();
}

function takes({ kind, url }: TemplateFormButton): string {
  return kind === "url" && url?.endsWith("{{1}}") ? "url+" : kind;
}

const SHOWN = 60;

function quoted(text: string): string {
  if (text === "") return "missing";
  const short = [...text].length > SHOWN ? `${[...text].slice(0, SHOWN).join("")}…` : text;
  return short.startsWith("(") ? short.slice(1, -1) : `"${short.replaceAll("\n", "\\n")}"`;
}
