/** P5xxx: the way through the conversation. */
export const FLOW = {
  P5002: {
    severity: "error",
    slug: "path-runs-off",
    message: (a: { readonly state: string }): string => `a path through \`${a.state}\` ends without saying what follows`,
    why: "Every path must end in an arrow, `return` or `handoff`, or the conversation would stop there for ever.",
  },
} as const;
