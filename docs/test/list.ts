/** The list of all diagnostics, `docs/diagnostics/README.md`, from the catalogue. */
import { CATALOG, type Code, pageOf } from "../../packages/compiler/src/diagnostics/catalog.ts";

const GROUPS: Readonly<Record<string, string>> = {
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

type Row = readonly [code: string, severity: string, title: string];

/** A Markdown table whose columns are as wide as their widest cell. */
function table(body: readonly Row[]): readonly string[] {
  const rows: readonly Row[] = [["code", "severity", ""], ...body];
  const width = (column: 0 | 1 | 2): number => Math.max(3, ...rows.map((row) => row[column].length));
  const line = (row: Row, fill: string): string =>
    `| ${row[0].padEnd(width(0), fill)} | ${row[1].padEnd(width(1), fill)} | ${row[2].padEnd(width(2), fill)} |`;
  const [head = "", ...lines] = rows.map((row) => line(row, " "));
  return [head, line(["", "", ""], "-"), ...lines];
}

export function diagnosticsList(): string {
  const codes = (Object.keys(CATALOG) as Code[]).sort();
  const groups = [...new Set(codes.map((code) => code.slice(0, 2)))].flatMap((group) => {
    const rows = codes
      .filter((code) => code.startsWith(group))
      .map((code): Row => {
        const { severity, slug } = CATALOG[code];
        return [`[${code}](${pageOf(code).replace("docs/diagnostics/", "")})`, severity, slug.replaceAll("-", " ")];
      });
    return ["", `## ${group}xxx: ${GROUPS[group]}`, "", ...table(rows)];
  });
  const head = ["# Diagnostics", "", "Codes are permanent. `parley explain CODE` prints a page in the terminal."];
  return `${[...head, ...groups].join("\n")}\n`;
}
