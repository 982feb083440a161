/** P8002 and P9xxx: suppressions and advice. */
export const ADVICE = {
  P8002: {
    severity: "warning",
    slug: "suppresses-nothing",
    message: (a: {
      readonly problem: "unused" | "error" | "unknown" | "reason" | "form";
      readonly code: string;
    }): string => SUPPRESSION[a.problem].replace("CODE", a.code),
    why: "A suppression that does nothing hides the next finding of that kind, or looks as if it hid one.",
  },
  P9001: {
    severity: "warning",
    slug: "no-way-to-a-person",
    message: (a: { readonly bot: string }): string => `no conversation of \`${a.bot}\` can reach a person`,
    why: "WhatsApp's business policy asks automated bots for a prompt, clear and direct way to a person.",
  },
  P9002: {
    severity: "warning",
    slug: "no-opt-out",
    message: (a: { readonly template: string }): string =>
      `the template \`${a.template}\` is marketing, and users cannot opt out of it`,
    why: "Users who find no way to stop block the number, which lowers its quality and the number of messages it may send.",
  },
  P9003: {
    severity: "error",
    slug: "once-action-can-repeat",
    message: (a: { readonly action: string }): string =>
      `\`${a.action}\` is done once, and a second tap on an earlier ask would do it again`,
    why: "Buttons stay on the phone: a tap on an earlier message takes the conversation up again from there.",
  },
  P9004: {
    severity: "warning",
    slug: "personal-data-leaves",
    message: (a: { readonly what: string; readonly where: "url" | "marketing" }): string =>
      a.where === "url" ? `${a.what} is personal and goes into a URL` : `${a.what} is personal and goes into marketing`,
    why: "URLs end up in the logs of servers and proxies on the way, and marketing is read over shoulders and forwarded.",
  },
  P9005: {
    severity: "warning",
    slug: "messages-can-be-one",
    message: (a: { readonly what: string; readonly becomes: string }): string =>
      `${a.what} and the message after it can be one, with ${a.becomes}`,
    why: "One message is one charge, and cannot arrive in the wrong order.",
  },
} as const;

const SUPPRESSION = {
  unused: "no CODE is found here",
  error: "CODE is an error and cannot be ignored",
  unknown: "there is no diagnostic CODE",
  reason: "the reason is missing: `// parley-ignore CODE: reason`",
  form: "a suppression is written `// parley-ignore P5006: reason`",
} as const;
