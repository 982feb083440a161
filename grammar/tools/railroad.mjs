/** A rule of the grammar as a railroad diagram. */
import railroad from "railroad-diagrams";

const { Choice, Diagram, NonTerminal, Optional, Sequence, Skip, Terminal, ZeroOrMore } = railroad;

/** An image shows nothing of the page's own style, so each brings it along, for light and dark pages. */
const STYLE = `<style>
path { stroke: #57606a; stroke-width: 2; fill: none }
rect { stroke: #57606a; stroke-width: 2; fill: #e6edf7 }
rect[rx] { fill: #dff3e4 }
text { font: 14px ui-monospace, Menlo, Consolas, monospace; text-anchor: middle; fill: #1f2328 }
@media (prefers-color-scheme: dark) {
  path, rect { stroke: #8b949e }
  rect { fill: #1d2c44 }
  rect[rx] { fill: #1c3a2a }
  text { fill: #e6edf3 }
}
</style>`;

/** `rule` is what `readEbnf` gives. */
export function drawRule(name, rule) {
  const svg = Diagram(partOf(rule)).toString();
  const [open] = /^<svg[^>]*>/.exec(svg);
  const tag = open.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg" role="img"');
  return `${tag}\n<title>${name}</title>\n${STYLE}${svg.slice(open.length)}\n`;
}

function partOf(node) {
  switch (node.kind) {
    case "word":
      return Terminal(node.text);
    case "name":
      return NonTerminal(node.name);
    case "sequence":
      return node.items.length === 1 ? partOf(node.items[0]) : Sequence(...node.items.map(partOf));
    case "choice":
      return Choice(0, ...node.alternatives.map(partOf));
    case "optional":
      return isEmpty(node.item) ? Skip() : Optional(partOf(node.item));
    case "repeat":
      return ZeroOrMore(partOf(node.item));
  }
}

function isEmpty(node) {
  return node.kind === "sequence" && node.items.length === 0;
}
