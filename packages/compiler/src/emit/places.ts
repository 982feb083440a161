/** Places of a build's files: file, line and column. */
import { lineStarts, type Source, type Span } from "../text/source.ts";
import { sure } from "../text/sure.ts";

/** Finds places. Parts of a program come nearly in written order: where the last one was is a good place to begin. */
export interface Places {
  /** `file,line,column`: index into `paths`, the others from 1. */
  readonly at: (span: Span) => string;
  readonly lineOf: (span: Span) => number;
  /** Of the files that were asked about, in the order of the questions. */
  readonly paths: () => readonly string[];
}

interface Reading {
  readonly starts: readonly number[];
  /** `file,` */
  readonly prefix: string;
  /** Index of the line that was asked about last. */
  line: number;
}

export function placesIn(): Places {
  const files = new Map<string, number>();
  const readings = new Map<Source, Reading>();
  let last: Source | undefined;
  let reading: Reading | undefined;
  const read = (source: Source): Reading => {
    if (source === last && reading) return reading;
    last = source;
    reading = readings.get(source) ?? open(source, files);
    readings.set(source, reading);
    return reading;
  };
  return {
    at: ({ source, start }) => {
      const file = read(source);
      const line = moveTo(file, start);
      return `${file.prefix}${line + 1},${start - sure(file.starts[line]) + 1}`;
    },
    lineOf: ({ source, start }) => moveTo(read(source), start) + 1,
    paths: () => [...files.keys()],
  };
}

/** By path: a source can be a part of a file. */
function open(source: Source, files: Map<string, number>): Reading {
  const file = files.get(source.path) ?? files.size;
  files.set(source.path, file);
  return { starts: lineStarts(source), prefix: `${file},`, line: 0 };
}

/** The line that an offset is in. A few steps from the last one, or by halves. */
function moveTo(file: Reading, offset: number): number {
  const { starts } = file;
  let line = file.line;
  if (sure(starts[line]) > offset) line = 0;
  const near = line + NEAR;
  while (line < near && line + 1 < starts.length && sure(starts[line + 1]) <= offset) line++;
  if (line === near) line = lineAmong(starts, offset, line);
  file.line = line;
  return line;
}

const NEAR = 8;

function lineAmong(starts: readonly number[], offset: number, from: number): number {
  let low = from;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sure(starts[middle]) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
