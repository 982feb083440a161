/** P3xxx: what WhatsApp would refuse. Figures come from the table of limits. */

/** A text that is too long: what it is, how long, and what is allowed. */
interface TooLong {
  readonly what: string;
  readonly length: number;
  readonly max: number;
}

/** Of a link, or of a file: its extension or kind, what it is sent as, and what it is or would have to be. */
type LinkOrFile =
  | { readonly problem: "scheme" | "unknown" | "host" | "space"; readonly found: string }
  | {
      readonly problem: "extension" | "kind";
      readonly found: string;
      readonly kind: string;
      readonly allowed: string;
    };

const an = (word: string): string => `${/^[aeiou]/.test(word) ? "an" : "a"} ${word}`;

const REFUSED = "The Cloud API refuses the whole message (error 131009).";

const tooLong = (a: TooLong): string => `${a.what} has ${a.length} characters, WhatsApp allows ${a.max}`;

export const MESSAGES = {
  P3001: {
    severity: "error",
    slug: "too-many-buttons",
    message: (a: { readonly count: number; readonly max: number }): string =>
      `${a.count} buttons, WhatsApp allows ${a.max}`,
    why: REFUSED as string,
  },
  P3002: {
    severity: "error",
    slug: "too-many-rows",
    message: (a: { readonly count: number; readonly max: number }): string =>
      `the list can have ${a.count} rows over all its sections, WhatsApp allows ${a.max}`,
    why: REFUSED as string,
  },
  P3003: {
    severity: "error",
    slug: "too-many-sections",
    message: (a: { readonly count: number; readonly max: number }): string =>
      `${a.count} sections, WhatsApp allows ${a.max}`,
    why: REFUSED as string,
  },
  P3004: {
    severity: "error",
    slug: "title-too-long",
    message: (a: TooLong): string => tooLong(a),
    why: "The Cloud API refuses the whole message for one long title (error 131009), and nothing is cut silently.",
  },
  P3005: {
    severity: "error",
    slug: "description-too-long",
    message: (a: TooLong & { readonly problem?: "length" | "buttons" | "label" }): string =>
      a.problem === "buttons"
        ? "a button has no description, only list rows do"
        : a.problem === "label"
          ? `the label has ${a.length} characters and becomes the description beside \`short\`, WhatsApp allows ${a.max}`
          : tooLong(a),
    why: REFUSED as string,
  },
  P3006: {
    severity: "error",
    slug: "body-too-long",
    message: (a: TooLong): string => tooLong(a),
    why: REFUSED as string,
  },
  P3007: {
    severity: "error",
    slug: "footer-too-long",
    message: (a: TooLong): string => tooLong(a),
    why: REFUSED as string,
  },
  P3008: {
    severity: "error",
    slug: "header-too-long",
    message: (a: TooLong): string => tooLong(a),
    why: REFUSED as string,
  },
  P3009: {
    severity: "error",
    slug: "two-options-with-one-id",
    message: (a: { readonly id: string }): string => `the option \`${a.id}\` stands here a second time`,
    why: "A tap tells only the id, so two options of one message need two (WhatsApp refuses the message: error 131009).",
  },
  P3010: {
    severity: "error",
    slug: "two-buttons-with-one-title",
    message: (a: { readonly title: string }): string => `two buttons are called "${a.title}"`,
    why: REFUSED as string,
  },
  P3011: {
    severity: "error",
    slug: "text-is-blank",
    message: (a: { readonly what: string; readonly problem: "blank" | "missing" }): string =>
      a.problem === "blank" ? `${a.what} is blank` : `${a.what} is missing`,
    why: "WhatsApp refuses a message with an empty text (error 131008 or 131009).",
  },
  P3012: {
    severity: "error",
    slug: "section-without-title",
    message: (a: { readonly problem: "blank" | "outside" | "product"; readonly id?: string }): string =>
      a.problem === "blank"
        ? "a section of a list with several sections needs a title"
        : a.problem === "product"
          ? "what stands outside the sections would be in one without a title"
          : `${a.id ? `the option \`${a.id}\`` : "an option"} stands outside the sections and would be in one without a title`,
    why: REFUSED as string,
  },
  P3013: {
    severity: "error",
    slug: "opening-text-too-long",
    message: (a: TooLong): string => tooLong(a),
    why: REFUSED as string,
  },
  P3014: {
    severity: "error",
    slug: "header-or-footer-not-allowed",
    message: (a: { readonly what: string; readonly where: string; readonly allowed: string }): string =>
      `${a.where} has no ${a.what}${a.allowed === "" ? "" : `, only ${a.allowed}`}`,
    why: REFUSED as string,
  },
  P3015: {
    severity: "error",
    slug: "too-many-products",
    message: (a: {
      readonly what: "products" | "product sections";
      readonly count: number;
      readonly max: number;
    }): string =>
      a.what === "products"
        ? `the message can have ${a.count} products over all its sections, WhatsApp allows ${a.max}`
        : `${a.count} sections, WhatsApp allows ${a.max}`,
    why: REFUSED as string,
  },
  P3016: {
    severity: "error",
    slug: "limit-can-be-exceeded",
    message: (a: TooLong & { readonly sum: string }): string =>
      `${a.what} can have ${a.length} characters (${a.sum}), WhatsApp allows ${a.max}`,
    why: "One long value would make WhatsApp refuse the message (error 131009) while a user waits for it.",
  },
  P3017: {
    severity: "error",
    slug: "reaction-is-one-emoji",
    message: (a: { readonly found: string; readonly problem: "count" | "hole" }): string =>
      a.problem === "hole"
        ? "a reaction is one emoji written out, without holes"
        : `a reaction is one emoji, this is "${a.found}"`,
    why: "WhatsApp refuses reactions that are no emoji (error 131009).",
  },
  P3018: {
    severity: "error",
    slug: "not-on-this-platform",
    gone: (a: { readonly problem: "missing" | "gone" }): boolean => a.problem === "gone",
    message: (a: { readonly what: string; readonly problem: "missing" | "gone" }): string =>
      a.problem === "gone"
        ? `${a.what} ended on 23 October 2025; what is built is for the Cloud API`
        : `${a.what} is not available on_premises`,
    why: "The On-Premises API had fewer kinds of messages than the Cloud API, and has been switched off.",
  },
  P3019: {
    severity: "error",
    slug: "rules-for-india",
    message: (a: {
      readonly problem: "compliance" | "business" | "country" | "users";
      readonly found?: string;
    }): string => {
      switch (a.problem) {
        case "compliance":
          return "a business in India shows products only once its compliance data is filed (`compliance: filed`)";
        case "business":
          return `only a business in India may send this, ${a.found ? `\`business\` says ${a.found}` : "and `parley.yaml` says of no `business` where it is"}`;
        case "country":
          return `WhatsApp has this form for IN only, not for ${a.found ?? ""}`;
        case "users":
          return `only users in India can fill this in, ${a.found ? `\`markets\` has ${a.found}, too` : "and `markets` does not say that all are there"}`;
      }
    },
    why: "WhatsApp refuses the message: these rules of India hold for every seller there, and the form for addresses exists nowhere else.",
  },
  P3020: {
    severity: "error",
    slug: "not-allowed-in-this-text",
    message: (a: { readonly found: string; readonly what: string }): string => `${a.found} in ${a.what}`,
    why: "WhatsApp shows titles, headers and footers on one line, and refuses template parameters with breaks, tabs or long gaps (error 132018).",
  },
  P3021: {
    severity: "error",
    slug: "link-not-accepted",
    message: (a: LinkOrFile): string => {
      switch (a.problem) {
        case "unknown":
          return "this link begins with a value that may be no web address";
        case "host":
          return `the link "${a.found}" names no host`;
        case "space":
          return `the link "${a.found}" has white space: write %20`;
        case "scheme":
          return `a link begins with https:// or http://, this one is "${a.found}"`;
        case "extension":
          return `a file \`.${a.found}\` is no ${a.kind}: WhatsApp takes ${a.allowed}`;
        case "kind":
          return `\`${a.found}\` is ${an(a.allowed)}, not ${an(a.kind)}`;
      }
    },
    why: "WhatsApp fetches and opens only web addresses, and takes only some types of file as each kind; with any other the message is refused or cannot be delivered (error 131053).",
  },
  P3022: {
    severity: "error",
    slug: "ask-can-be-without-options",
    message: (a: { readonly why: string; readonly what?: "products" | "products sent" }): string =>
      a.what === "products sent"
        ? `this message is without products (${a.why})`
        : `this ask can be without ${a.what ?? "options"} (${a.why}) and has no \`empty\``,
    why: "WhatsApp refuses buttons without a button and a list without a row, so the program must say what happens then.",
  },
  P3023: {
    severity: "warning",
    slug: "over-the-limit-in-utf-16",
    message: (a: TooLong & { readonly units: number }): string =>
      `${a.what} has ${a.length} characters but ${a.units} UTF-16 units, WhatsApp allows ${a.max} and does not say of which`,
    why: "Emoji count twice in UTF-16; no source at WhatsApp states the unit, so the message may be refused.",
  },
  P3024: {
    severity: "warning",
    slug: "two-rows-with-one-title",
    message: (a: { readonly title: string }): string => `two rows are called "${a.title}"`,
    why: "WhatsApp accepts it, but users cannot tell the rows apart, and the title typed means the first.",
  },
  P3025: {
    severity: "warning",
    slug: "markup-shows-as-characters",
    message: (a: { readonly found: string; readonly what: string }): string =>
      `\`${a.found}\` in ${a.what} shows as written, WhatsApp formats texts and captions only`,
    why: "Users would read the stars and underscores, since WhatsApp formats neither titles, descriptions, headers nor footers.",
  },
  P3026: {
    severity: "error",
    slug: "cards-or-header-missing",
    message: (a: {
      readonly problem: "count" | "links" | "media" | "text" | "no text" | "header" | "thumbnail";
      readonly count?: number;
      readonly min?: number;
      readonly max?: number;
      readonly found?: string;
      readonly wanted?: string;
    }): string => {
      switch (a.problem) {
        case "count":
          return `a carousel has ${a.min} to ${a.max} cards, this one ${a.count}`;
        case "links":
          return `a card has one link, this one ${a.count === 0 ? "none" : a.count}`;
        case "media":
          return `this card shows ${a.found === "image" ? "an image" : "a video"}, the first ${a.wanted === "image" ? "an image" : "a video"}`;
        case "text":
          return "this card has a text, the first none";
        case "no text":
          return "this card has no text, the first has one";
        case "header":
          return "a message with several products needs a header that is always there";
        case "thumbnail":
          return "a message that shows the catalog needs the product whose picture it shows (`thumbnail`)";
      }
    },
    why: "WhatsApp refuses a message that lacks a part it must have, and a carousel whose cards are not made alike (error 131008 or 131009).",
  },
} as const;
