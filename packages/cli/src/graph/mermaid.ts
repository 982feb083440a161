/** A Mermaid flowchart: a subgraph a flow. */
import type { Box, Drawing, Link } from "./drawing.ts";
import { labelText, linesOf, numbersOf } from "./write.ts";

const ARROWS = { go: "-->", call: "-.->", leave: "==>", scheduled: "-.->" } as const;

export function mermaid(drawing: Drawing): string {
  const number = numbersOf(drawing);
  const flows = drawing.flows.flatMap(({ name, boxes }, i) => [
    `  subgraph f${i}["${escaped(name)}"]`,
    ...boxes.map((box) => `    ${number(box.id)}${boxText(box)}`),
    "  end",
  ]);
  const links = drawing.links.map((link) => `  ${number(link.from)} ${arrow(link)} ${number(link.to)}`);
  return `${["flowchart TD", ...flows, ...links].join("\n")}\n`;
}

function boxText(box: Box): string {
  const label = `"${linesOf(box).map(escaped).join("<br/>")}"`;
  return box.kind === "start" ? `([${label}])` : `[${label}]`;
}

function arrow({ kind, labels }: Link): string {
  return labels.length === 0 ? ARROWS[kind] : `${ARROWS[kind]}|"${escaped(labelText(labels))}"|`;
}

/** Mermaid's entities; a back-tick would begin Markdown. */
function escaped(text: string): string {
  return text.replace(/[#&<>"`\\]/g, (c) => `#${c.charCodeAt(0)};`);
}
