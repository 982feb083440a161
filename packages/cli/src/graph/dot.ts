/** Graphviz: a cluster a flow. */
import type { Box, Drawing, Link } from "./drawing.ts";
import { labelText, linesOf, numbersOf } from "./write.ts";

const STYLES = { go: "solid", call: "dashed", leave: "bold", scheduled: "dotted" } as const;

export function dot(drawing: Drawing): string {
  const number = numbersOf(drawing);
  const flows = drawing.flows.flatMap(({ name, boxes }, i) => [
    `  subgraph cluster_${i} {`,
    `    label=${quoted(name)}; labeljust=l; color=gray;`,
    ...boxes.map((box) => `    ${number(box.id)} [${boxText(box)}];`),
    "  }",
  ]);
  const links = drawing.links.map((link) => `  ${number(link.from)} -> ${number(link.to)} [${linkText(link)}];`);
  const head = [
    `digraph ${quoted(drawing.bot)} {`,
    '  graph [fontname="Helvetica", ranksep=0.6, nodesep=0.4];',
    '  node [fontname="Helvetica", fontsize=11, shape=box, style=rounded];',
    '  edge [fontname="Helvetica", fontsize=9];',
  ];
  return `${[...head, ...flows, ...links, "}"].join("\n")}\n`;
}

/** Lines of a label stand at the left. */
function boxText(box: Box): string {
  const label = `"${linesOf(box)
    .map((line) => `${escaped(line)}\\l`)
    .join("")}"`;
  return `label=${label}${box.kind === "start" ? ", shape=oval" : ""}`;
}

function linkText({ kind, labels }: Link): string {
  const label = labels.length === 0 ? "" : `label=${quoted(labelText(labels))}, `;
  return `${label}style=${STYLES[kind]}`;
}

function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

function escaped(text: string): string {
  return text.replace(/["\\]/g, "\\$&");
}
