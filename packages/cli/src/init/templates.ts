/** The bots that `parley init` begins with. */

export interface Template {
  readonly name: string;
  readonly description: string;
}

export const TEMPLATES: readonly Template[] = [
  { name: "hello", description: "a greeting and one question" },
  { name: "order", description: "an order from a list, with actions" },
  { name: "support", description: "answers, and people where they do not help, in two languages" },
];
