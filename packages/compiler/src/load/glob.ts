/** Globs of `flows:`: `*`, `?`, `[a-z]`, `{a,b}` within a name, `**` over folders, a leading `!` to take out. */

/** Whether a path with `/` is chosen by a list of globs; of several that match the last one counts. */
export function matcher(globs: readonly string[]): (path: string) => boolean {
  const rules = globs.map((glob) => ({ out: glob.startsWith("!"), form: globToRegExp(glob.replace(/^!/, "")) }));
  return (path) => {
    const last = rules.findLast((rule) => rule.form.test(path));
    return last !== undefined && !last.out;
  };
}

function globToRegExp(glob: string): RegExp {
  const parts = glob.replace(/^\.\//, "").split(/(\*\*\/|\*\*|\*|\?|\{[^{}]*\}|\[[^\]/]+\])/);
  const source = parts.map((part) => {
    if (part === "**/") return "(?:[^/]+/)*";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    if (part.startsWith("{")) return `(?:${part.slice(1, -1).split(",").map(literal).join("|")})`;
    if (part.startsWith("[") && part.endsWith("]"))
      return `[${part.slice(1, -1).replace(/^!/, "^").replaceAll("\\", "\\\\")}]`;
    return literal(part);
  });
  return new RegExp(`^${source.join("")}$`, "u");
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
