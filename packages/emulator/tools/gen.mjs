/** Writes the table of the emulator's rules. */
import { writeFileSync } from "node:fs";
import { rulesPage } from "./rules-page.ts";

export function generate() {
  writeFileSync(new URL("../../../docs/emulator-rules.md", import.meta.url), rulesPage());
}
