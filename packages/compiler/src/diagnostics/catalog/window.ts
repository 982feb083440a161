/** P4xxx: time. */
export const WINDOW = {
  P4001: {
    severity: "error",
    slug: "window-closed",
    message: (a: { readonly message: string; readonly age: string; readonly limit: string }): string =>
      `${a.message} can be sent ${a.age} after the user's last message, WhatsApp allows ${a.limit}`,
    why: "Outside the 24-hour customer service window WhatsApp accepts only templates (error 131047).",
  },
} as const;
