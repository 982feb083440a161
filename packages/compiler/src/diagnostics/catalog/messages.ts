/** P3xxx: what WhatsApp would refuse. Figures come from the table of limits. */
export const MESSAGES = {
  P3001: {
    severity: "error",
    slug: "too-many-buttons",
    message: (a: { readonly count: number; readonly max: number }): string =>
      `${a.count} buttons, WhatsApp allows ${a.max}`,
    why: "The Cloud API refuses the whole message (error 131009).",
  },
} as const;
