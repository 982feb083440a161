/** The Markdown of our pages in a terminal: headings, code blocks, code words, emphasis, links. */
import type { Paint } from "./colours.ts";

const BLOCK_NAMES: Readonly<Record<string, string>> = { bad: "This is reported:", good: "This is right:" };

export function page(markdown: string, paint: Paint): string {
  let fenced = false;
  const lines: string[] = [];
  for (const line of markdown.trimEnd().split("\n")) {
    if (line.startsWith("```")) {
      fenced = !fenced;
      const [, role = "", ...rest] = line.slice(3).split(" ");
      const name = fenced ? BLOCK_NAMES[role] : undefined;
      if (name !== undefined) lines.push(paint(role === "bad" ? "red" : "green", [name, ...rest].join(" ")), "");
    } else if (fenced) lines.push(line === "" ? "" : paint("cyan", `    ${line}`));
    else lines.push(line.startsWith("#") ? paint("bold", line.replace(/^#+ /, "")) : inline(line, paint));
  }
  return `${lines.join("\n")}\n`;
}

function inline(line: string, paint: Paint): string {
  return line
    .split(/(`[^`]+`)/)
    .map((part) => {
      if (part.startsWith("`") && part.length > 2) return paint("cyan", part);
      return part
        .replace(/\*\*([^*]+)\*\*/g, (_all, text: string) => paint("bold", text))
        .replace(/\[([^\]]+)\]\(([^)]+)\)/g, (_all, text: string, to: string) => `${text} (${to})`);
    })
    .join("");
}
