/**
 * A picture: boxes placed by dagre (layers from top to bottom, a frame around each flow), lines with what they are taken for.
 * Colours follow the reader's light or dark scheme; titles and a description say the same to those who do not see it.
 */
import type { Box, Drawing, Link } from "./drawing.ts";
import { type LaidBox, type LaidLink, LINE, layOut, PADDING, type Point } from "./svg-layout.ts";

const STYLE = `
  .page { fill: #ffffff } .flow { fill: #f6f8fa; stroke: #d0d7de }
  .state { fill: #ffffff; stroke: #57606a } .start { fill: #ddf4ff; stroke: #0969da }
  text { font: 12px ui-sans-serif, system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
  .name { font-weight: 600 } .frame { font-weight: 600; font-size: 14px; fill: #57606a }
  .exit { fill: #59636e } .note { font-size: 11px; fill: #424a53 } .pad { fill: #f6f8fa; fill-opacity: .9 }
  .link { fill: none; stroke: #57606a; stroke-width: 1.3 } .tip { fill: #57606a }
  .call { stroke-dasharray: 6 4 } .scheduled { stroke-dasharray: 1.5 4; stroke-linecap: round } .leave { stroke-width: 2.4 }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117 } .flow { fill: #161b22; stroke: #30363d }
    .state { fill: #21262d; stroke: #8b949e } .start { fill: #0c2d6b; stroke: #58a6ff }
    text { fill: #e6edf3 } .frame { fill: #9198a1 } .exit { fill: #9198a1 } .note { fill: #c9d1d9 } .pad { fill: #161b22 }
    .link { stroke: #9198a1 } .tip { fill: #9198a1 }
  }`;

export function svg(drawing: Drawing): string {
  const laid = layOut(drawing);
  const { width, height } = laid;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escaped(drawing.bot)}: the states of the bot and the ways between them</title>`,
    `<desc id="desc">${escaped(inWords(drawing))}</desc>`,
    `<style>${STYLE}\n</style>`,
    '<marker id="tip" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/></marker>',
    `<rect class="page" width="${width}" height="${height}"/>`,
    ...laid.flows.map(
      ({ name, x, y, width: w, height: h }) =>
        `<g><rect class="flow" x="${x}" y="${y}" width="${w}" height="${h}" rx="10"/><text class="frame" x="${x + 12}" y="${y + 20}">${escaped(name)}</text></g>`,
    ),
    ...laid.links.map(lineOf),
    ...laid.boxes.map(boxOf),
    // Above everything: a label must be read wherever it lies.
    ...laid.links.map(labelOf),
    "</svg>",
    "",
  ].join("\n");
}

function boxOf({ box, lines, x, y, width, height }: LaidBox): string {
  const left = x - width / 2;
  const top = y - height / 2;
  const corner = box.kind === "start" ? height / 2 : 6;
  const rows = lines.map(
    ({ text, kind }, i) =>
      `<text class="${kind}" x="${left + PADDING}" y="${top + PADDING + 10 + i * LINE}">${escaped(text)}</text>`,
  );
  const { file, line } = box.place;
  const what = box.kind === "start" ? `what starts the flow ${box.name}` : `state ${box.name}`;
  return `<g><title>${escaped(`${what}, ${file}:${line}`)}</title><rect class="${box.kind}" x="${left}" y="${top}" width="${width}" height="${height}" rx="${Math.min(corner, 16)}"/>${rows.join("")}</g>`;
}

function lineOf({ link, points }: LaidLink): string {
  return `<path class="link ${link.kind}" d="${curve(points)}" marker-end="url(#tip)"><title>${escaped(linkWords(link))}</title></path>`;
}

function labelOf({ lines, label }: LaidLink): string {
  if (!label || lines.length === 0) return "";
  const { x, y, width, height } = label;
  const rows = lines.map(
    (text, i) =>
      `<text class="note" text-anchor="middle" x="${x}" y="${rounded(y - height / 2 + 11 + i * LINE)}">${escaped(text)}</text>`,
  );
  return `<g><rect class="pad" x="${rounded(x - width / 2)}" y="${rounded(y - height / 2)}" width="${width}" height="${height}" rx="3"/>${rows.join("")}</g>`;
}

const CORNER = 16;

/** Straight where a label lies, round where dagre bends. */
function curve(points: readonly Point[]): string {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return "";
  let path = `M${first.x} ${first.y}`;
  for (let i = 1; i + 1 < points.length; i++) {
    const [before = first, bend = first, after = last] = points.slice(i - 1, i + 2);
    const into = towards(bend, before);
    const out = towards(bend, after);
    path += `L${into.x} ${into.y}Q${bend.x} ${bend.y} ${out.x} ${out.y}`;
  }
  return `${path}L${last.x} ${last.y}`;
}

/** A little of the way, at most half of it. */
function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(0.5, CORNER / length);
  return { x: rounded(from.x + (to.x - from.x) * part), y: rounded(from.y + (to.y - from.y) * part) };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function inWords({ flows, links }: Drawing): string {
  const boxes = flows.flatMap((flow) => flow.boxes);
  return boxes
    .map((box) => {
      const to = links.filter((link) => link.from === box.id).map(linkWords);
      const ends = box.exits.map(({ how }) => how);
      const ways = [...to, ...ends];
      return `${nameOf(box)}: ${ways.length > 0 ? ways.join("; ") : "nothing follows"}.`;
    })
    .join(" ");
}

function nameOf(box: Box): string {
  return box.kind === "start" ? `Start of ${box.name}` : box.id;
}

const WORDS = { go: "to", call: "calls", leave: "goes over to", scheduled: "schedules" } as const;

function linkWords({ to, kind, labels }: Link): string {
  const why = labels.map((label) => label.text).join(", ");
  return `${WORDS[kind]} ${to}${why === "" ? "" : ` (${why})`}`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
