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

/** The list of all pages, by group. */
export function diagnosticsIndex() {
  const lines = ["# Diagnostics", "", "Codes are permanent. `parley explain CODE` prints a page in the terminal."];
  let group = "";
  for (const code of Object.keys(CATALOG).sort()) {
    const { severity, slug } = CATALOG[code];
    if (code.slice(0, 2) !== group) {
      group = code.slice(0, 2);
      lines.push("", `## ${group}xxx: ${GROUPS[group]}`, "", "| code | severity | |", "| --- | --- | --- |");
    }
    const file = pageOf(code).replace("docs/diagnostics/", "");
    lines.push(`| [${code}](${file}) | ${severity} | ${slug.replaceAll("-", " ")} |`);
  }
  return `${lines.join("\n")}\n`;
}

export function generate() {
  writeFileSync(new URL("../schema/parley.schema.json", import.meta.url), publishedSchema());
  writeFileSync(new URL("../../../docs/diagnostics/README.md", import.meta.url), diagnosticsIndex());
}

if (import.meta.main ?? process.argv[1]?.endsWith("gen.mjs")) generate();
