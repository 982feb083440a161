/** Puts its result into each page of the guide. */
import { writeFileSync } from "node:fs";
import { GUIDE, guidePages, makePage } from "./guide.ts";

export async function generate() {
  for (const page of guidePages()) {
    const { text, picture } = await makePage(page);
    writeFileSync(new URL(`${page.name}.md`, GUIDE), text);
    writeFileSync(new URL(`${page.name}.svg`, GUIDE), picture);
  }
}
