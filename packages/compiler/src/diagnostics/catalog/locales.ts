/** P7xxx: translations. */
export const LOCALES = {
  P7001: {
    severity: "warning",
    slug: "translation-missing",
    message: (a: {
      readonly locale: string;
      /** Of the text; empty where the whole file is missing. */
      readonly entry: string;
      readonly name: string;
      /** In the default language; of a missing file its path. */
      readonly text: string;
    }): string =>
      a.entry === ""
        ? `there is no locale file \`${a.text}\``
        : `\`${a.entry}\` has no translation of ${quoted(a.text === "" ? a.name : a.text)} in \`${a.locale}\``,
    why: "Users of this language see the text of the default language instead.",
  },
  P7002: {
    severity: "error",
    slug: "translation-breaks-limit",
    message: (a: {
      readonly locale: string;
      /** With an article: "the title of `small`". */
      readonly what: string;
      readonly length: number;
      readonly max: number;
      /** How the length comes about where values are in it; else empty. */
      readonly sum: string;
    }): string =>
      a.sum === ""
        ? `${a.what} has ${a.length} characters in \`${a.locale}\`, WhatsApp allows ${a.max}`
        : `${a.what} can have ${a.length} characters in \`${a.locale}\` (${a.sum}), WhatsApp allows ${a.max}`,
    why: "WhatsApp refuses the message for the users of this language.",
  },
  P7003: {
    severity: "error",
    slug: "translation-placeholders-differ",
    message: (a: {
      readonly name: string;
      readonly unknown: readonly string[];
      readonly missing: readonly string[];
    }): string => {
      const unknown = a.unknown.length > 0 ? `has ${listed(a.unknown)}, which the text has not` : "";
      const missing = a.missing.length > 0 ? `lacks ${listed(a.missing)}` : "";
      const both = [unknown, missing].filter((part) => part !== "").join(", and ");
      return `the translation of ${short(a.name)} ${both === "" ? "has a brace that is not closed or not opened" : both}`;
    },
    why: "A translation is filled with the same values as the text that it translates.",
  },
  P7004: {
    severity: "warning",
    slug: "translation-out-of-date-or-unused",
    dead: (a: { readonly problem: "unused" | "out of date" }): boolean => a.problem === "unused",
    message: (a: {
      readonly problem: "unused" | "out of date";
      readonly name: string;
      readonly similar: readonly string[];
      readonly from: string;
      readonly now: string;
    }): string =>
      a.problem === "unused"
        ? `nothing in the bot is called ${short(a.name)}${a.similar.length > 0 ? `, a similar name is ${a.similar.map(short).join(" or ")}` : ""}`
        : `the translation was made from ${quoted(a.from)}, which reads ${quoted(a.now)} now`,
    why: "A translation that nobody sees, or that says something else than the other languages, is a mistake waiting to be found by users.",
  },
} as const;

function listed(holes: readonly string[]): string {
  return holes.map((hole) => `\`${hole}\``).join(", ");
}

function quoted(text: string): string {
  return JSON.stringify(cut(text));
}

function short(name: string): string {
  return `\`${cut(name).replaceAll("`", "'")}\``;
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= 40 ? text : `${characters.slice(0, 39).join("")}…`;
}
