/** P6xxx templates and P8xxx: project files. */
export const PROJECT = {
  P6001: {
    severity: "error",
    slug: "template-not-declared",
    message: (a: {
      readonly name: string;
      /** Names that differ little; at most 3. */
      readonly similar: readonly string[];
      /** Where nothing is similar: some of what exists. */
      readonly known: readonly string[];
      readonly more: number;
      /** Of one in the file of approved templates: why it cannot be sent. */
      readonly problem?: string;
    }): string =>
      a.problem === undefined
        ? `the template \`${a.name}\` is not declared${insteadOf(a.similar, a.known, a.more)}`
        : `the template \`${a.name}\` cannot be sent: ${a.problem}`,
    why: "WhatsApp sends only templates that it approved beforehand (error 132001).",
  },
  P6002: {
    severity: "error",
    slug: "template-parameters-do-not-fit",
    message: (a: {
      readonly name: string;
      readonly wanted: number;
      readonly count: number;
      /** Of the parameters. */
      readonly names?: readonly string[];
      /** Where it was approved with other ones. */
      readonly problem?: string;
    }): string =>
      a.problem ??
      `the template \`${a.name}\` has ${a.wanted} parameter${a.wanted === 1 ? "" : "s"}${a.names?.length ? ` (${a.names.join(", ")})` : ""}, here ${a.count === 1 ? "is" : "are"} ${a.count}`,
    why: "WhatsApp refuses a template with another number of parameters than it was approved with (error 132000).",
  },
  P6003: {
    severity: "error",
    slug: "template-not-in-this-language",
    message: (a: { readonly name: string; readonly locale: string; readonly locales: readonly string[] }): string =>
      `the template \`${a.name}\` is not available in \`${a.locale}\`, nor in what that falls back to; it is in ${a.locales.map((l) => `\`${l}\``).join(", ")}`,
    why: "WhatsApp sends a template only in the languages that it was approved in (error 132001).",
  },
  P6004: {
    severity: "error",
    slug: "template-component-breaks-a-limit",
    message: (a: TemplateProblem): string => templateProblem(a),
    why: "WhatsApp would not approve the template.",
  },
  P6005: {
    severity: "warning",
    slug: "template-differs-from-the-approved-one",
    message: (a: {
      readonly name: string;
      readonly what: string;
      readonly here: string;
      readonly there: string;
    }): string => `${a.what} of the template \`${a.name}\` is ${a.here} here and ${a.there} where it is approved`,
    why: "Users see the approved text, whatever is declared here; a change has to be approved first.",
  },
  P8001: {
    severity: "error",
    slug: "project-file-not-valid",
    message: (a: { readonly problem: string }): string => a.problem,
    why: "The project file decides how all flows are read and checked.",
  },
} as const;

/** What is wrong with a part of a template; `what` names the part, with its article. */
export type TemplateProblem =
  | { readonly problem: "length"; readonly what: string; readonly length: number; readonly max: number }
  | {
      readonly problem: "sum";
      readonly what: string;
      readonly length: number;
      readonly sum: string;
      readonly max: number;
    }
  | { readonly problem: "count"; readonly what: string; readonly count: number; readonly max: number }
  | { readonly problem: "words"; readonly words: number; readonly count: number; readonly min: number }
  | { readonly problem: "name"; readonly what: string; readonly name: string }
  | { readonly problem: "category"; readonly name: string }
  | { readonly problem: "edge"; readonly edge: "begins" | "ends" }
  | { readonly problem: "twice"; readonly title: string }
  | { readonly problem: "untranslated"; readonly what: string; readonly locale: string }
  | { readonly problem: "missing" | "hole" | "side" | "tail" | "break" | "mixed" | "sample"; readonly what: string };

// One sentence for each kind of problem.
function templateProblem(a: TemplateProblem): string {
  switch (a.problem) {
    case "length":
      return `${a.what} has ${a.length} characters, WhatsApp allows ${a.max}`;
    case "sum":
      return `${a.what} can have ${a.length} characters (${a.sum}), WhatsApp allows ${a.max}`;
    case "count":
      return `${a.count} ${a.what}, WhatsApp allows ${a.max}`;
    case "words":
      return `${a.words} words beside ${a.count} parameter${a.count === 1 ? "" : "s"}, WhatsApp asks for ${a.min}`;
    case "name":
      return `\`${a.name}\` cannot be ${a.what}: WhatsApp takes lower-case letters, digits and \`_\``;
    case "category":
      return `the category of a template that is declared here is \`utility\` or \`marketing\`, this is \`${a.name}\``;
    case "edge":
      return `the body ${a.edge} with a parameter`;
    case "twice":
      return `two buttons are called "${a.title}"`;
    case "untranslated":
      return `${a.what} has no text in \`${a.locale}\``;
    case "missing":
      return `${a.what} is missing`;
    case "hole":
      return `${a.what} has a parameter`;
    case "side":
      return `two parameters stand side by side in ${a.what}`;
    case "tail":
      return `a parameter of ${a.what} stands at its end`;
    case "break":
      return `a line break in ${a.what}`;
    case "mixed":
      return `${a.what} stands between links: quick replies stand together`;
    case "sample":
      return `${a.what} has no sample`;
    default:
      return a satisfies never;
  }
}

function insteadOf(similar: readonly string[], known: readonly string[], more: number): string {
  if (similar.length > 0) return `, a similar name is ${similar.map((name) => `\`${name}\``).join(" or ")}`;
  if (known.length === 0) return "";
  return `, there ${known.length + more === 1 ? "is" : "are"} ${known.map((name) => `\`${name}\``).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
