/** P5xxx: the way through the conversation. */
export const FLOW = {
  P5001: {
    severity: "warning",
    slug: "state-cannot-be-reached",
    message: (a: { readonly state: string }): string => `no path leads to the state \`${a.state}\``,
    why: "No trigger, arrow or call brings a conversation here, so its messages are never sent.",
  },
  P5002: {
    severity: "error",
    slug: "path-runs-off",
    message: (a: { readonly state: string }): string =>
      `a path through \`${a.state}\` ends without saying what follows`,
    why: "Every path must end in an arrow, `return` or `handoff`, or the conversation would stop there for ever.",
  },
  P5003: {
    severity: "error",
    slug: "loop-never-waits",
    message: (a: { readonly cycle: string }): string => `this loop never waits: ${a.cycle}`,
    why: "A loop without an ask or a `wait` would send messages without an end.",
  },
  P5005: {
    severity: "error",
    slug: "trigger-twice",
    message: (a: { readonly trigger: string }): string => `\`${a.trigger}\` starts two states`,
    why: "One message can start one flow only, so the second trigger would never fire.",
  },
  P5007: {
    severity: "error",
    slug: "no-pause-in-arm",
    message: (a: { readonly what: string; readonly clause: string }): string =>
      `${a.what} cannot stand in a block of \`${a.clause}\` of an ask`,
    why: "The ask is still waiting while the block runs, and a conversation waits at one place only.",
  },
  P5008: {
    severity: "error",
    slug: "recursive-call",
    message: (a: { readonly cycle: string }): string => `this call is recursive: ${a.cycle}`,
    why: "Each call keeps its caller's variables until it returns, and this one never does.",
  },
  P5009: {
    severity: "error",
    slug: "statement-unreachable",
    message: (a: { readonly state: string }): string => `no path through \`${a.state}\` leads to this statement`,
    why: "All ways through the statements before it have left the state.",
  },
} as const;
