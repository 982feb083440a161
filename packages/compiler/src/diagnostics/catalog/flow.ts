/** P5xxx: the way through the conversation. */
export const FLOW = {
  P5001: {
    severity: "warning",
    slug: "state-cannot-be-reached",
    dead: (): boolean => true,
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
  P5004: {
    severity: "warning",
    slug: "conversation-can-get-stuck",
    message: (a: { readonly what: "ask" | "wait" }): string =>
      a.what === "ask"
        ? "every answer to this ask leads back to it, and nothing else follows"
        : "after this wait comes no end, hand-off or ask, for ever",
    why: "A conversation that comes to no end, no hand-off and no new ask does nothing for its user any more.",
  },
  P5005: {
    severity: "error",
    slug: "trigger-twice",
    message: (a: { readonly trigger: string }): string => `\`${a.trigger}\` starts two states`,
    why: "One message can start one flow only, so the second trigger would never fire.",
  },
  P5006: {
    severity: "warning",
    slug: "never-used",
    dead: (): boolean => true,
    message: (a: { readonly what: string; readonly name: string; readonly problem: "unused" | "unread" }): string =>
      a.problem === "unread"
        ? `the ${a.what} \`${a.name}\` is set and never read`
        : `the ${a.what} \`${a.name}\` is never used`,
    why: "What nothing uses is left over, or a place that should use it has been forgotten.",
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
    dead: (): boolean => true,
    message: (a: { readonly state: string }): string => `no path through \`${a.state}\` leads to this statement`,
    why: "All ways through the statements before it have left the state.",
  },
  P5010: {
    severity: "warning",
    slug: "patterns-overlap",
    message: (a: {
      readonly pattern: string;
      readonly other: string;
      readonly flow: string;
      readonly text: string;
    }): string =>
      `\`${a.pattern}\` and \`${a.other}\` of the flow \`${a.flow}\` can match the same text, such as "${a.text}"`,
    why: "Patterns of one flow go by their written order; between flows nothing in the text says which one starts.",
  },
} as const;
