/** P2xxx: names, types and values. */
import { sure } from "../../text/sure.ts";

/** What could not be found, and what there is instead. */
interface Unknown {
  readonly what: string;
  readonly name: string;
  /** The enum whose case it would be. */
  readonly of?: string;
  /** Names that differ little; at most 3. */
  readonly similar?: readonly string[];
  /** Where nothing is similar: some of what exists, at most 5. */
  readonly known?: readonly string[];
  /** How many more exist than `known` lists. */
  readonly more?: number;
}

/** Why a value does not fit its place. Types are printed as they are written in a `.flow` file. */
export type Mismatch =
  | { readonly problem: "type"; readonly found: string; readonly wanted: string; readonly place: string }
  | { readonly problem: "range"; readonly found: string; readonly wanted: string; readonly place: string }
  | { readonly problem: "text" | "literal"; readonly length: number; readonly max: number; readonly place: string }
  | { readonly problem: "blank"; readonly wanted: string; readonly place: string }
  | { readonly problem: "items"; readonly found: string; readonly wanted: string; readonly place: string }
  | { readonly problem: "missing-field"; readonly field: string; readonly wanted: string }
  | { readonly problem: "operands"; readonly operator: string; readonly left: string; readonly right: string }
  | { readonly problem: "operand"; readonly operator: string; readonly wanted: string; readonly found: string }
  | { readonly problem: "hole"; readonly found: string }
  | { readonly problem: "branches"; readonly left: string; readonly right: string }
  | { readonly problem: "says"; readonly sentence: string };

export const NAMES = {
  P2001: {
    severity: "error",
    slug: "unknown-name",
    message: (a: Unknown): string =>
      `there is no ${a.what} \`${a.name}\`${a.of === undefined ? "" : ` of \`${a.of}\``}${instead(a)}`,
    why: "Every name must be declared in the project or given by the language.",
  },
  P2002: {
    severity: "error",
    slug: "declared-twice",
    message: (a: { readonly what: string; readonly name: string }): string =>
      `the ${a.what} \`${a.name}\` stands here a second time`,
    why: "Names are the identity of what they name, also for conversations that wait for days, so each is given once.",
  },
  P2003: {
    severity: "error",
    slug: "type-mismatch",
    message: (a: Mismatch): string => mismatch(a),
    why: "A value outside its type would break a message or an action only when a user gets there.",
  },
  P2004: {
    severity: "error",
    slug: "value-may-be-missing",
    message: (a: { readonly problem: "none" | "unset" | "start"; readonly what: string }): string =>
      a.problem === "none"
        ? `${a.what} may be \`none\` here`
        : a.problem === "unset"
          ? `${a.what} is not set on every path that leads here`
          : `${a.what} has no value when a trigger starts the flow`,
    why: "A missing value cannot be sent or calculated with; the conversation would stop there.",
  },
  P2005: {
    severity: "error",
    slug: "unknown-field",
    message: (a: Omit<Unknown, "what" | "of"> & { readonly of: string }): string =>
      `${a.of} has no field \`${a.name}\`${instead(a)}`,
    why: "Only fields that the type declares are kept.",
  },
  P2006: {
    severity: "error",
    slug: "wrong-number-of-arguments",
    message: (a: { readonly of: string; readonly min: number; readonly max: number; readonly count: number }): string =>
      `${a.of} takes ${a.min === a.max ? a.min : `${a.min} to ${a.max}`} argument${a.max === 1 ? "" : "s"}, here ${a.count === 1 ? "is" : "are"} ${a.count}`,
    why: "Arguments are given by position, so their number must be right.",
  },
  P2007: {
    severity: "error",
    slug: "match-not-exhaustive",
    message: (a: { readonly of: string; readonly missing: readonly string[] }): string =>
      `the match says nothing for ${list(a.missing)} of \`${a.of}\``,
    why: "A case without an arm would leave the user without an answer.",
  },
  P2008: {
    severity: "error",
    slug: "failure-not-handled",
    message: (a: { readonly action: string }): string => `\`${a.action}\` can fail and nothing says what happens then`,
    why: "Actions talk to other systems, which fail and time out; without `else` the conversation would be stuck.",
  },
  P2009: {
    severity: "error",
    slug: "env-name-not-declared",
    message: (a: Omit<Unknown, "what" | "of">): string =>
      `\`env.${a.name}\` is not declared under \`env\` in \`parley.yaml\`${instead(a)}`,
    why: "Only declared names are read from the environment, so that a missing one stops the bot at its start.",
  },
} as const;

function list(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  const last = sure(quoted.pop());
  return quoted.length > 0 ? `${quoted.join(", ")} and ${last}` : last;
}

function instead(a: Pick<Unknown, "similar" | "known" | "more">): string {
  const similar = a.similar ?? [];
  if (similar.length > 0) return `, a similar name is ${list(similar).replace(/ and /, " or ")}`;
  const known = a.known ?? [];
  if (known.length === 0) return "";
  const more = a.more ?? 0;
  return `, there ${known.length + more === 1 ? "is" : "are"} ${more > 0 ? `${known.map((name) => `\`${name}\``).join(", ")} and ${more} more` : list(known)}`;
}

function mismatch(a: Mismatch): string {
  switch (a.problem) {
    case "type":
      return `${a.place} is \`${a.wanted}\`, this is \`${a.found}\``;
    case "range":
      return `this ${a.found.includes("..") ? "can be" : "is"} ${a.found}, ${a.place} takes ${a.wanted}`;
    case "literal":
      return `this has ${a.length} characters, ${a.place} takes ${a.max}`;
    case "text":
      return `this can have ${a.length} characters, ${a.place} takes ${a.max}`;
    case "blank":
      return `this text is blank, ${a.place} is \`${a.wanted}\` and needs at least one character`;
    case "items":
      return `this list ${a.found.includes(" to ") ? "can have" : "has"} ${a.found} items, ${a.place} takes ${a.wanted}`;
    case "missing-field":
      return `the field \`${a.field}\` of \`${a.wanted}\` is missing`;
    case "operands":
      return `\`${a.operator}\` does not go with \`${a.left}\` and \`${a.right}\``;
    case "operand":
      return `\`${a.operator}\` takes ${a.wanted}, this is \`${a.found}\``;
    case "hole":
      return `\`${a.found}\` cannot stand in a text`;
    case "branches":
      return `one way gives \`${a.left}\`, the other \`${a.right}\``;
    case "says":
      return a.sentence;
  }
}
