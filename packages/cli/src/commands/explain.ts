import { CATALOG, type Code, pageOf } from "@parley/compiler";
import { EXIT, UsageError } from "../exit.ts";
import { paintFor } from "../report/colours.ts";
import { page } from "../report/page.ts";
import { readPage } from "../report/pages.ts";
import type { Run } from "./command.ts";

export const explain: Run = ([code]) => {
  const paint = paintFor(process.stdout);
  process.stdout.write(code === undefined ? list(paint) : page(readPage(pageOf(known(code))), paint));
  return Promise.resolve(EXIT.clean);
};

function list(paint: ReturnType<typeof paintFor>): string {
  const rows = Object.entries(CATALOG)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([code, { severity, slug }]) => `${paint("bold", code)}  ${severity.padEnd(8)} ${slug.replaceAll("-", " ")}\n`,
    );
  return `${rows.join("")}\nparley explain CODE shows a page.\n`;
}

function known(code: string): Code {
  const written = code.toUpperCase();
  if (Object.hasOwn(CATALOG, written)) return written as Code;
  throw new UsageError(`there is no diagnostic ${code} (parley explain lists them all)`);
}
