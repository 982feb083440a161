/** One page that needs no other file: a table of flows, then each source with its lines marked. */
import {
  type BotCoverage,
  byFile,
  type CoverageFormat,
  type Covered,
  type CoveredItem,
  KINDS,
  passes,
  percentText,
  sumOf,
} from "./report.ts";

export const html: CoverageFormat = (report) =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Coverage: ${escaped(report.map(({ name }) => name).join(", "))}</title>
<style>${STYLE}</style>
</head>
<body>
${report.map(botHtml).join("\n")}
</body>
</html>
`;

const STYLE = `
:root { color-scheme: light dark; --full: #1a7f3722; --none: #cf222e33; --part: #bf870033; --line: #8884 }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem }
table { border-collapse: collapse; display: block; font-variant-numeric: tabular-nums; overflow-x: auto }
th, td { padding: .2rem .8rem; text-align: right; border-bottom: 1px solid var(--line) }
th:first-child, td:first-child { text-align: left }
pre { font: 13px/1.55 ui-monospace, monospace; border: 1px solid var(--line); border-radius: 6px; overflow-x: auto; padding: .5rem 0 }
p span { border-radius: 4px; padding: .1rem .5rem }
pre span { display: block; padding-right: 1rem }
pre i { display: inline-block; font-style: normal; opacity: .65; padding-right: .8rem; text-align: right; user-select: none; width: 4ch }
pre i + i { width: 6ch }
.full { background: var(--full) }
.part { background: var(--part) }
.none { background: var(--none) }
`;

function botHtml(bot: BotCoverage): string {
  const { name, items, locales, texts } = bot;
  const flows = [...new Set(items.map(({ flow }) => flow))];
  const head = [name, ...Object.values(KINDS), ""].map((cell) => `<th>${escaped(cell)}</th>`).join("");
  const rows = [
    ...flows.map((flow) => row(`flow ${flow}`, items, (item) => item.flow === flow)),
    ...locales.map((one) => row(`language ${one.locale}`, one.items, () => true)),
  ];
  const files = Array.from(byFile(items), ([file, inFile]) => fileHtml(file, texts.get(file) ?? "", inFile, locales));
  return `<h1>${escaped(name)}: ${percentText(bot)}</h1>
<table><tr>${head}</tr>
${rows.join("\n")}
</table>
${missingHtml(items)}
<p><span class="full">gone through</span> <span class="part">in part: a line says what when pointed at</span> <span class="none">not</span></p>
${files.join("\n")}`;
}

function row(name: string, items: readonly CoveredItem[], is: (item: CoveredItem) => boolean): string {
  const kinds = Object.keys(KINDS).map((kind) => {
    const { covered, total } = sumOf(items, (item) => item.kind === kind && is(item));
    return total === 0 ? "" : `${covered}/${total}`;
  });
  const cells = [name, ...kinds, percentText(sumOf(items, is))];
  return `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`;
}

function fileHtml(
  file: string,
  text: string,
  items: readonly CoveredItem[],
  locales: readonly (Covered & { readonly locale: string })[],
): string {
  const inLine = Map.groupBy(items, ({ line }) => line);
  const lines = text
    .replace(/\r?\n$/, "")
    .split(/\r?\n/)
    .map((source, at) => lineHtml(at + 1, source, inLine.get(at + 1) ?? [], locales));
  return `<h2>${escaped(file)}</h2>\n<pre>${lines.join("")}</pre>`;
}

function lineHtml(
  line: number,
  source: string,
  items: readonly CoveredItem[],
  locales: readonly (Covered & { readonly locale: string })[],
): string {
  if (items.length === 0) return `<span><i>${line}</i><i></i>${escaped(source)}</span>`;
  const missing = items.filter(({ count }) => count === 0);
  const count = Math.max(...items.map(passes));
  const mark = missing.length === 0 ? "full" : count > 0 ? "part" : "none";
  const told = items.map((item) => `${item.kind} ${item.id}: ${item.count}${inLocales(item, locales)}`).join("\n");
  return `<span class="${mark}" id="${anchor(items)}" title="${escaped(told)}"><i>${line}</i><i>${count}×</i>${escaped(source)}</span>`;
}

function anchor([first]: readonly CoveredItem[]): string {
  return first ? `${escaped(first.file)}:${first.line}` : "";
}

/** What no test goes through, each with a way to its line. */
function missingHtml(items: readonly CoveredItem[]): string {
  const missing = items.filter(({ count }) => count === 0);
  if (missing.length === 0) return "";
  const lines = missing.map((item) => {
    const place = `${item.file}:${item.line}`;
    return `<li><a href="#${escaped(encodeURI(place))}">${escaped(place)}</a> ${escaped(`${item.kind} ${item.id}`)}</li>`;
  });
  return `<details><summary>No test goes through ${missing.length} of ${items.length}</summary><ul>${lines.join("")}</ul></details>`;
}

/** ` (de 0, en 3)`. */
function inLocales({ kind, id }: CoveredItem, locales: readonly (Covered & { readonly locale: string })[]): string {
  if (locales.length === 0) return "";
  const counts = locales.map(({ locale, items }) => {
    const found = items.find((item) => item.kind === kind && item.id === id);
    return `${locale} ${found?.count ?? 0}`;
  });
  return ` (${counts.join(", ")})`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
