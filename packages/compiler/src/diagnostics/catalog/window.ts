/** P4xxx: time. */
export const WINDOW = {
  P4001: {
    severity: "error",
    slug: "window-closed",
    message: (a: { readonly message: string; readonly age: string; readonly limit: string }): string =>
      `${a.message} can be sent ${a.age} after the user's last message, WhatsApp allows ${a.limit}`,
    why: "Outside the 24-hour customer service window WhatsApp accepts only templates (error 131047).",
  },
  P4002: {
    severity: "error",
    slug: "must-begin-with-template",
    message: (a: { readonly message: string; readonly trigger: string }): string =>
      `${a.message} is the first message after ${a.trigger}, which must be a template`,
    why: "The user may not have written for 24 hours, and then WhatsApp accepts only templates (error 131047).",
  },
  P4003: {
    severity: "error",
    slug: "time-outs-must-rise",
    message: (a: { readonly time: string; readonly before: string }): string =>
      `this time-out of ${a.time} stands behind one of ${a.before}`,
    why: "The time-outs of an ask are written in the order in which they come.",
  },
  P4004: {
    severity: "warning",
    slug: "time-out-never-comes",
    dead: (): boolean => true,
    message: (a: { readonly time: string; readonly before: string }): string =>
      `this time-out of ${a.time} never comes: the one of ${a.before} leaves the ask`,
    why: "An `after` that leaves its ask ends the waiting, and with it all time-outs behind.",
  },
} as const;
