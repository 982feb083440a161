/**
 * Writes what is made from the compiler's tables: `schemas/parley.schema.json` and the list of diagnostics. Run by
 * `npm run gen`; tests compare the files with the tables.
 */
import { writeFileSync } from "node:fs";
import { diagnosticsList } from "../../../docs/test/list.ts";
import { publishedSchema } from "../src/project/schema.ts";

export function generate() {
  writeFileSync(new URL("../schemas/parley.schema.json", import.meta.url), publishedSchema());
  writeFileSync(new URL("../../../docs/diagnostics/README.md", import.meta.url), diagnosticsList());
}
