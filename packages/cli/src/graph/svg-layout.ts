/** Where the boxes, frames and lines of a picture lie. All lengths are pixels, whole or with one decimal. */
import { Graph, layout } from "@dagrejs/dagre";
import stringWidth from "string-width";
import { visible } from "../report/visible.ts";
import type { Box, Drawing, Link } from "./drawing.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Its middle and its size. */
export interface Area extends Point {
  readonly width: number;
  readonly height: number;
}

export interface LaidBox extends Area {
  readonly box: Box;
  readonly lines: readonly { readonly text: string; readonly kind: "name" | "line" | "exit" }[];
}

export interface LaidLink {
  readonly link: Link;
  readonly points: readonly Point[];
  readonly lines: readonly string[];
  readonly label: Area | undefined;
}

export interface Laid {
  readonly width: number;
  readonly height: number;
  /** Left upper corner and size. */
  readonly flows: readonly (Area & { readonly name: string })[];
  readonly boxes: readonly LaidBox[];
  readonly links: readonly LaidLink[];
}

export const LINE = 16;
export const PADDING = 9;
const FRAME = 14;
const FRAME_TITLE = 30;
const MARGIN = 16;
/** Columns of a line in a box and of a label, and how many lines of each text there are. */
const BOX_COLUMNS = 34;
const LABEL_COLUMNS = 26;
const MOST_LINES = 2;
const MOST_LABELS = 4;

interface Placed extends Area {
  readonly points?: readonly Point[];
}

export function layOut(whole: Drawing): Laid {
  const drawing = withoutCrowds(whole);
  const graph = new Graph({ multigraph: true, compound: true });
  graph.setGraph({
    rankdir: "TB",
    nodesep: 28,
    edgesep: 14,
    ranksep: 34,
    marginx: MARGIN,
    marginy: MARGIN + FRAME_TITLE,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  const boxes = drawing.flows.flatMap((flow, i) => {
    graph.setNode(`flow ${i}`, {});
    return flow.boxes.map((box) => {
      const lines = linesOf(box);
      const size = sizeOf(
        // Bold letters are wider.
        lines.map(({ text, kind }) => (kind === "name" ? `${text}${text.slice(0, text.length / 7 + 1)}` : text)),
        PADDING,
      );
      graph.setNode(box.id, { ...size });
      graph.setParent(box.id, `flow ${i}`);
      return { box, lines, ...size };
    });
  });
  const links = drawing.links.map((link, i) => {
    const lines = labelLines(link);
    const size = lines.length > 0 ? sizeOf(lines, 3, 0.92) : { width: 0, height: 0 };
    graph.setEdge(link.from, link.to, { ...size, labelpos: "c", minlen: 1 }, `link ${i}`);
    return { link, lines, size };
  });
  layout(graph);
  return placed(drawing, graph, boxes, links);
}

function placed(
  drawing: Drawing,
  graph: Graph,
  boxes: readonly Omit<LaidBox, "x" | "y">[],
  links: readonly { readonly link: Link; readonly lines: readonly string[]; readonly size: Omit<Area, "x" | "y"> }[],
): Laid {
  const laidBoxes = boxes.map((box) => ({ ...box, ...at(graph.node(box.box.id) as Point) }));
  const laidLinks = links.map(({ link, lines, size }, i) => {
    const edge = graph.edge(link.from, link.to, `link ${i}`) as unknown as Placed;
    const label = lines.length > 0 ? { ...size, ...at(edge) } : undefined;
    return { link, lines, label, points: (edge.points ?? []).map(at) };
  });
  const flows = drawing.flows.map((flow) => {
    const inside = laidBoxes.filter(({ box }) => flow.boxes.includes(box));
    const labels = laidLinks.flatMap(({ link, label }) =>
      label && flow.boxes.some((b) => b.id === link.from) && flow.boxes.some((b) => b.id === link.to) ? [label] : [],
    );
    return { name: visible(flow.name), ...frameOf([...inside, ...labels]) };
  });
  const right = [...laidBoxes, ...laidLinks.flatMap((l) => l.label ?? [])].map((a) => a.x + a.width / 2);
  const bends = laidLinks.flatMap((l) => l.points);
  return {
    width: Math.ceil(Math.max(0, ...right, ...bends.map((p) => p.x), ...flows.map((f) => f.x + f.width)) + MARGIN),
    height: Math.ceil(Math.max(0, ...bends.map((p) => p.y), ...flows.map((f) => f.y + f.height)) + MARGIN),
    flows,
    boxes: laidBoxes,
    links: laidLinks,
  };
}

function at({ x, y }: Point): Point {
  return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 };
}

/** Around all of a flow, with room for its name. */
function frameOf(areas: readonly Area[]): Area {
  const edges = (side: (area: Area) => number): number[] => areas.map(side);
  const left = Math.min(...edges((a) => a.x - a.width / 2)) - FRAME;
  const top = Math.min(...edges((a) => a.y - a.height / 2)) - FRAME_TITLE;
  const right = Math.max(...edges((a) => a.x + a.width / 2)) + FRAME;
  const bottom = Math.max(...edges((a) => a.y + a.height / 2)) + FRAME;
  const { x, y } = at({ x: left, y: top });
  const { x: width, y: height } = at({ x: right - left, y: bottom - top });
  return { x, y, width, height };
}

// ---------------------------------------------------------------- crowds

/** Of a large drawing, the lines to a state that more than so many others lead to stand in the boxes as words. */
const LARGE = 25;
const CROWD = 5;

function withoutCrowds(drawing: Drawing): Drawing {
  const boxes = drawing.flows.flatMap((flow) => flow.boxes);
  if (boxes.length <= LARGE) return drawing;
  const ways = Map.groupBy(drawing.links, (link) => link.to);
  const crowded = (link: Link): boolean => (ways.get(link.to)?.length ?? 0) > CROWD && !isStart(boxes, link.from);
  const names = new Map(drawing.flows.flatMap((flow) => flow.boxes.map((box) => [box.id, { flow: flow.name, box }])));
  const exitsOf = (box: Box, flow: string): Box["exits"] =>
    drawing.links
      .filter((link) => link.from === box.id && crowded(link))
      .map(({ to, labels }) => {
        const target = names.get(to);
        return { how: target?.flow === flow ? target.box.name : to, labels };
      });
  return {
    ...drawing,
    flows: drawing.flows.map(({ name, boxes: own }) => ({
      name,
      boxes: own.map((box) => ({ ...box, exits: [...exitsOf(box, name), ...box.exits] })),
    })),
    links: drawing.links.filter((link) => !crowded(link)),
  };
}

function isStart(boxes: readonly Box[], id: string): boolean {
  return boxes.some((box) => box.id === id && box.kind === "start");
}

// ---------------------------------------------------------------- texts

function linesOf({ kind, name, says, lines, exits }: Box): LaidBox["lines"] {
  const first = says === undefined || lines.some((line) => line.startsWith("ask")) ? [] : [says];
  const body = [...first, ...lines].flatMap((line) => wrapped(visible(line), BOX_COLUMNS));
  const ends = exits.flatMap(({ how, labels }) => {
    const why = labels.slice(0, MOST_LABELS).map((label) => label.text);
    const more = labels.length - why.length;
    const all = [...why, ...(more > 0 ? [`${more} more`] : [])].join(", ");
    return wrapped(visible(`→ ${how}${all === "" ? "" : ` (${all})`}`), BOX_COLUMNS);
  });
  return [
    { text: visible(kind === "start" ? "start" : name), kind: "name" },
    ...body.map((text) => ({ text, kind: "line" }) as const),
    ...ends.map((text) => ({ text, kind: "exit" }) as const),
  ];
}

function labelLines({ labels }: Link): readonly string[] {
  const shown = labels.slice(0, MOST_LABELS).flatMap((label) => wrapped(visible(label.text), LABEL_COLUMNS));
  const more = labels.length - MOST_LABELS;
  return more > 0 ? [...shown, `${more} more`] : shown;
}

/** At spaces, where there are some; what does not fit into the last line is cut. */
function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest !== "" && lines.length < MOST_LINES) {
    const last = lines.length + 1 === MOST_LINES;
    if (stringWidth(rest) <= columns) {
      lines.push(rest);
      return lines;
    }
    const fitting = head(rest, last ? columns - 1 : columns);
    const space = fitting.lastIndexOf(" ");
    const end = !last && space > columns / 3 ? space : fitting.length;
    lines.push(last ? `${rest.slice(0, end).trimEnd()}…` : rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return lines;
}

function head(text: string, columns: number): string {
  let width = 0;
  let end = 0;
  for (const { segment } of new Intl.Segmenter("en").segment(text)) {
    width += stringWidth(segment);
    if (width > columns) break;
    end += segment.length;
  }
  return text.slice(0, Math.max(1, end));
}

/** Letters of many fonts and systems: a little wider than most. */
const COLUMN = 6.7;

function sizeOf(
  lines: readonly string[],
  padding: number,
  scale = 1,
): { readonly width: number; readonly height: number } {
  const columns = Math.max(...lines.map((line) => stringWidth(line)));
  return { width: Math.ceil(columns * COLUMN * scale) + 2 * padding, height: lines.length * LINE + 2 * padding - 2 };
}
