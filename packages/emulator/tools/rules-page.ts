/** The page of all that the emulator refuses: its own table, the rules of messages, the limits. */
import { errorInfo, errorStatus, LIMITS, type Limit, ruleTable } from "@parley/whatsapp";
import { type EmulatorRule, RULES, type RuleName, ruleStatus } from "../src/rules.ts";

type Row = readonly string[];

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replace(/\s+/g, " ");
}

function table(head: Row, rows: readonly Row[]): string {
  const line = (row: Row): string => `| ${row.map(cell).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function ownRow(name: string): Row {
  const rule: EmulatorRule = RULES[name as RuleName];
  const http = ruleStatus(name as RuleName);
  return [
    `\`${name}\``,
    rule.when,
    rule.code === 0 ? "–" : String(rule.code),
    rule.where === "webhook" ? `${http}, then webhook` : String(http),
    rule.source,
  ];
}

function messageRows(): readonly Row[] {
  const kinds = new Map<string, string[]>();
  for (const { name, code, kind } of ruleTable()) {
    if (code === undefined) continue;
    const key = `${name} ${code}`;
    kinds.set(key, [...(kinds.get(key) ?? []), kind.replace("interactive.", "")]);
  }
  return Array.from(kinds, ([key, of]) => {
    const [name = "", code = ""] = key.split(" ");
    return [`\`${name}\``, [...new Set(of)].join(", "), code, String(errorStatus(Number(code)))];
  });
}

function rangeOf({ min, max, values, unit }: Limit): string {
  if (values) return values.join(", ");
  if (min !== undefined && max !== undefined) return `${min} to ${max} ${unit}`;
  return max === undefined ? `at least ${min} ${unit}` : `up to ${max} ${unit}`;
}

function limitRows(): readonly Row[] {
  const rows: readonly Limit[] = Object.values(LIMITS);
  return rows
    .filter(({ area }) => area === "request")
    .map((row) => [row.what, rangeOf(row), "131009", "400", `${row.source} (${row.date})`]);
}

export function rulesPage(): string {
  return `# What the emulator refuses

Generated from the tables that the emulator goes by; each row has a test. The form of an answer is always WhatsApp's:
\`{ "error": { "message": "(#131009) ${errorInfo(131_009)?.title ?? ""}", "type": "OAuthException", "code": 131009, "error_data": { … }, "fbtrace_id": "…" } }\`.

## What goes by the state of things

${table(["rule", "when", "code", "HTTP", "source"], Object.keys(RULES).map(ownRow))}

## The form of a message

A property that is unknown, of a wrong type, not one of the words allowed, or missing is refused with 100 (Meta docs,
support/migrating-from-onprem-to-cloud; facebook/openapi, \`additionalProperties: false\`); one that something else in the message
makes necessary with 131008. Beyond that (Meta docs of each kind of message; SDKs where they say nothing):

${table(["rule", "of", "code", "HTTP"], messageRows())}

## Limits of a message

${table(["what", "allowed", "code", "HTTP", "source"], limitRows())}
`;
}
