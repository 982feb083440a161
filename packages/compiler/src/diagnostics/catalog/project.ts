/** P6xxx templates and P8xxx: project files. */
export const PROJECT = {
  P6001: {
    severity: "error",
    slug: "template-not-declared",
    message: (a: {
      readonly name: string;
      /** Names that differ little; at most 3. */
      readonly similar: readonly string[];
      /** Where nothing is similar: some of what exists. */
      readonly known: readonly string[];
      readonly more: number;
    }): string => `the template \`${a.name}\` is not declared${insteadOf(a.similar, a.known, a.more)}`,
    why: "WhatsApp sends only templates that it approved beforehand (error 132001).",
  },
  P6002: {
    severity: "error",
    slug: "template-parameters-do-not-fit",
    message: (a: { readonly name: string; readonly wanted: number; readonly count: number }): string =>
      `the template \`${a.name}\` has ${a.wanted} parameter${a.wanted === 1 ? "" : "s"}, here ${a.count === 1 ? "is" : "are"} ${a.count}`,
    why: "WhatsApp refuses a template with another number of parameters than it was approved with (error 132000).",
  },
  P8001: {
    severity: "error",
    slug: "project-file-not-valid",
    message: (a: { readonly problem: string }): string => a.problem,
    why: "The project file decides how all flows are read and checked.",
  },
} as const;

function insteadOf(similar: readonly string[], known: readonly string[], more: number): string {
  if (similar.length > 0) return `, a similar name is ${similar.map((name) => `\`${name}\``).join(" or ")}`;
  if (known.length === 0) return "";
  return `, there ${known.length + more === 1 ? "is" : "are"} ${known.map((name) => `\`${name}\``).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
