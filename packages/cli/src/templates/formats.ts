import type { TemplateRequest } from "@parley/whatsapp";

/** The formats of `parley templates`. */
export const TEMPLATE_FORMATS: Readonly<
  Record<string, () => Promise<(requests: readonly TemplateRequest[]) => string>>
> = {
  human: async () => (await import("./human.ts")).human,
  json: async () => (requests) => `${JSON.stringify(requests, null, 2)}\n`,
};
