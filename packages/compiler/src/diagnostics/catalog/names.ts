/** P2xxx: names, types and values. */
export const NAMES = {
  P2001: {
    severity: "error",
    slug: "unknown-name",
    message: (a: { readonly what: string; readonly name: string }): string => `there is no ${a.what} \`${a.name}\``,
    why: "Every name must be declared in the project or given by the language.",
  },
} as const;
