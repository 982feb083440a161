/** SARIF 2.1.0: one run; places are relative to the root of what was checked out, columns count UTF-16 units. */
import { CATALOG, type Code, type Entry, pageOf } from "@parley/compiler";
import type { Finding, FindingFix, Place } from "../report/finding.ts";
import { fingerprintsOf } from "../report/fingerprint.ts";
import { readPage } from "../report/pages.ts";
import { pathFromRoot } from "../report/root.ts";
import { visible } from "../report/visible.ts";
import { VERSION } from "../version.ts";
import type { Format } from "./format.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const LEVELS = { error: "error", warning: "warning", info: "note", off: "none" } as const;

export const sarif: Format = {
  forPeople: false,
  write: ({ findings }) => {
    const codes = [...new Set(findings.map((f) => f.code))].sort();
    const prints = fingerprintsOf(findings);
    const run = {
      tool: { driver: { name: "parley", version: VERSION, semanticVersion: VERSION, rules: codes.map(ruleOf) } },
      columnKind: "utf16CodeUnits",
      newlineSequences: ["\r\n", "\n", "\r"],
      originalUriBaseIds: { SRCROOT: { description: { text: "The root of what was checked out." } } },
      results: findings.map((f, i) => resultOf(f, codes.indexOf(f.code), prints[i] ?? "")),
    };
    return `${JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2)}\n`;
  },
};

function ruleOf(id: string): object {
  const entry: Entry = CATALOG[id as Code];
  const { slug, why } = entry;
  const words = slug.replaceAll("-", " ");
  return {
    id,
    name: slug.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${words.charAt(0).toUpperCase()}${words.slice(1)}.` },
    fullDescription: { text: why },
    help: { text: `${why} \`parley explain ${id}\` says how to repair it.`, markdown: readPage(pageOf(id as Code)) },
    defaultConfiguration: { enabled: entry.severity !== "off", level: LEVELS[entry.severity] },
  };
}

function resultOf(f: Finding, ruleIndex: number, print: string): object {
  return {
    ruleId: f.code,
    ruleIndex,
    level: LEVELS[f.severity],
    message: { text: visible(f.message) },
    locations: [{ physicalLocation: where(f.place) }],
    relatedLocations: f.related.map((r, id) => ({
      id,
      message: { text: visible(r.message) },
      physicalLocation: where(r.place),
    })),
    fixes: f.fixes.map(fixOf),
    partialFingerprints: { "parley/v1": print },
  };
}

function where(place: Place): object {
  return { artifactLocation: artifactOf(place), region: regionOf(place) };
}

function artifactOf(place: Place): object {
  const path = pathFromRoot(place);
  return { uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: "SRCROOT" };
}

function regionOf({ start, end }: Place): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** One change for each file that the fix touches. */
function fixOf({ title, edits }: FindingFix): object {
  const files = Map.groupBy(edits, (edit) => edit.place.file);
  return {
    description: { text: visible(title) },
    artifactChanges: [...files.values()].map((inFile) => ({
      artifactLocation: inFile[0] && artifactOf(inFile[0].place),
      replacements: inFile.map((edit) => ({
        deletedRegion: regionOf(edit.place),
        ...(edit.text === "" ? {} : { insertedContent: { text: edit.text } }),
      })),
    })),
  };
}
