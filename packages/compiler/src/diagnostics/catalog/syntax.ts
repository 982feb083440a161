/** P1xxx: the text is not `.flow`. P1009 was what an early version did not compile yet. */
export const SYNTAX = {
  P1001: {
    severity: "error",
    slug: "unexpected-token",
    message: (a: { readonly found: string; readonly expected: string; readonly hint?: string }): string =>
      withHint(`expected ${a.expected}, found ${a.found}`, a.hint),
    why: "The file can only be read when each part stands where the grammar has a place for it.",
  },
  P1002: {
    severity: "error",
    slug: "not-closed",
    message: (a: { readonly what: "text" | "block text" | "hole" | "comment" }): string => NOT_CLOSED[a.what],
    why: "What follows would belong to it, up to the end of the line or of the file.",
  },
  P1003: {
    severity: "error",
    slug: "unknown-form",
    message: (a: { readonly what: string; readonly found: string; readonly hint?: string }): string =>
      withHint(`\`${a.found}\` is no ${a.what}`, a.hint),
    why: "Escapes, numbers and durations have few forms, so that each is read by everybody in the same way.",
  },
  P1004: {
    severity: "error",
    slug: "pattern-not-valid",
    message: (a: { readonly pattern: string; readonly problem: string }): string =>
      `the pattern \`${a.pattern}\` is not valid: ${a.problem}`,
    why: "Patterns are matched in time linear in the message, whatever its sender writes, so they are regular and bounded.",
  },
  P1005: {
    severity: "error",
    slug: "reserved-word",
    message: (a: { readonly name: string; readonly what: string }): string =>
      a.name === "__proto__"
        ? "`__proto__` cannot be a name: it is none for the records of JavaScript"
        : `\`${a.name}\` is a word of the language and cannot be ${a.what}`,
    why: "The grammar gives the word another meaning at this place, or at the places where the name would be used.",
  },
} as const;

const NOT_CLOSED = {
  text: 'the text is not closed: `"` is missing before the end of the line',
  "block text": 'the text is not closed: `"""` is missing',
  hole: "the hole in the text is not closed: `}` is missing",
  comment: "the comment is not closed: `*/` is missing",
} as const;

function withHint(message: string, hint: string | undefined): string {
  return hint === undefined || hint === "" ? message : `${message}; ${hint}`;
}
