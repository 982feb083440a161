/** P1xxx: the text is not `.flow`. */
export const SYNTAX = {
  P1001: {
    severity: "error",
    slug: "unexpected-token",
    message: (a: { readonly found: string; readonly expected: string }): string => `expected ${a.expected}, found ${a.found}`,
    why: "The file can only be read when each part stands where the grammar has a place for it.",
  },
  P1009: {
    severity: "error",
    slug: "not-built-yet",
    message: (a: { readonly what: string }): string => `${a.what} is part of the language but not built yet`,
    why: "This version of the compiler reads the whole language and compiles most of it; what it cannot run it refuses.",
  },
} as const;
