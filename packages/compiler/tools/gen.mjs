/**
 * Writes what is made from the compiler's tables: `schema/parley.schema.json` and the list of diagnostics.
 * Run with Node 24 and `--conditions=@parley/source`; tests compare the files with the tables.
 */
import { writeFileSync } from "node:fs";
import { CATALOG, pageOf } from "../src/diagnostics/catalog.ts";
import { publishedSchema } from "../src/project/schema.ts";

const GROUPS = {
  P1: "The text",
  P2: "Names, types and values",
  P3: "What WhatsApp would refuse",
  P4: "Time",
  P5: "The way through the conversation",
  P6: "Templates",
  P7: "Translations",
  P8: "Project files",
  P9: "Advice",
};

/** A Markdown table whose columns are as wide as their widest cell. */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const line = (row, fill) => `| ${row.map((cell, column) => cell.padEnd(widths[column], fill)).join(" | ")} |`;
  const [head, ...body] = rows;
  return [
    line(head, " "),
    line(
      head.map(() => ""),
      "-",
    ),
    ...body.map((row) => line(row, " ")),
  ];
}

/** The list of all pages, by group. */
export function diagnosticsIndex() {
  const codes = Object.keys(CATALOG).sort();
  const groups = [...new Set(codes.map((code) => code.slice(0, 2)))].flatMap((group) => {
    const rows = codes
      .filter((code) => code.startsWith(group))
      .map((code) => {
        const { severity, slug } = CATALOG[code];
        const file = pageOf(code).replace("docs/diagnostics/", "");
        return [`[${code}](${file})`, severity, slug.replaceAll("-", " ")];
      });
    return ["", `## ${group}xxx: ${GROUPS[group]}`, "", ...table([["code", "severity", ""], ...rows])];
  });
  const head = ["# Diagnostics", "", "Codes are permanent. `parley explain CODE` prints a page in the terminal."];
  return `${[...head, ...groups].join("\n")}\n`;
}

export function generate() {
  writeFileSync(new URL("../schema/parley.schema.json", import.meta.url), publishedSchema());
  writeFileSync(new URL("../../../docs/diagnostics/README.md", import.meta.url), diagnosticsIndex());
}

if (import.meta.main ?? process.argv[1]?.endsWith("gen.mjs")) generate();
