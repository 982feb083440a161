/** The pages for whoever operates a bot, and the files that they hand out. */
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";

const docs = (path: string): URL => new URL(`../${path}`, import.meta.url);
const read = (path: string): string => readFileSync(docs(path), "utf8");

test.each(["operations.md", "security.md", "embedding.md"])("every file that %s links to is there", (page) => {
  const links = [...read(page).matchAll(/\]\(((?!https?:)[^)#]+)\)/g)].map((match) => match[1] ?? "");
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) expect(statSync(docs(link)).isFile(), link).toBe(true);
});

test("every test that the threat model names is there, and every threat names one or says who is left with it", () => {
  const rows = read("security.md")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !/^\| (?:---|from)/.test(line));
  expect(rows.length).toBeGreaterThan(12);
  for (const row of rows) {
    const held = row.split("|").at(-2) ?? "";
    expect(held.trim(), row).not.toBe("");
    for (const [, file = ""] of held.matchAll(/`([\w/.-]+\.test\.ts)`/g)) {
      const path = file.includes("/") ? `../packages/${file}` : `../packages/runtime/test/${file}`;
      expect(statSync(docs(path)).isFile(), file).toBe(true);
    }
  }
});

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
}

test("alert rules have a name of their own, a severity and a sentence", () => {
  const { groups } = parse(read("operations/alerts.yaml")) as {
    readonly groups: readonly { readonly rules: readonly Rule[] }[];
  };
  const rules = groups.flatMap((group) => group.rules);
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  expect(rules.length).toBeGreaterThanOrEqual(6);
  for (const { expr, for: time = "1m", labels, annotations } of rules) {
    expect(expr.split("(").length, expr).toBe(expr.split(")").length);
    expect(time).toMatch(/^\d+[smh]$/);
    expect(["page", "ticket"]).toContain(labels.severity);
    expect(annotations.summary).toMatch(/\.$/);
  }
});

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string }[];
}

test("the panels of the dashboard have ids of their own, a query, and stand beside each other", () => {
  const { panels } = JSON.parse(read("operations/dashboard.json")) as { readonly panels: readonly Panel[] };
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const taken = new Set<string>();
  for (const { type, title, gridPos, targets = [] } of panels) {
    if (type !== "row") expect(targets.length, title).toBeGreaterThan(0);
    for (const { expr } of targets) expect(expr.split("(").length, expr).toBe(expr.split(")").length);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect(taken.has(`${x}/${y}`), title).toBe(false);
        taken.add(`${x}/${y}`);
        expect(x).toBeLessThan(24);
      }
  }
});

test("every variable that the page, the unit and the Dockerfile name is one that the command reads", () => {
  const sources = ["admin", "config", "log", "requests"].map((name) => read(`../packages/cli/src/serve/${name}.ts`));
  const known = [
    ...sources,
    read("../packages/cli/src/commands/serve.ts"),
    read("../packages/cli/src/commands/dead-letters.ts"),
  ].join("\n");
  for (const file of ["operations.md", "security.md", "operations/Dockerfile", "operations/parley.service"]) {
    const names = new Set(read(file).match(/\bPARLEY_[A-Z_]+/g) ?? []);
    for (const name of names) expect(known, `${name} of ${file}`).toContain(name);
  }
});

test("systemd takes the unit", ({ skip }) => {
  try {
    execFileSync("systemd-analyze", ["--version"], { stdio: "ignore" });
  } catch {
    skip("systemd-analyze is not installed here");
  }
  const unit = fileURLToPath(docs("operations/parley.service"));
  expect(() => execFileSync("systemd-analyze", ["verify", "--man=no", unit], { stdio: "pipe" })).not.toThrow();
});

test("the Dockerfile runs as nobody in particular, keeps the conversations, and knows when the bot is ready", () => {
  const lines = read("operations/Dockerfile").split("\n");
  const at = (word: string): number => lines.findIndex((line) => line.startsWith(word));
  expect(at("FROM node:24")).toBeGreaterThanOrEqual(0);
  expect(at("USER node")).toBeGreaterThan(at("COPY"));
  expect(at("CMD")).toBeGreaterThan(at("USER node"));
  expect(lines.join("\n")).toMatch(/VOLUME \/bot\/\.parley[\s\S]*HEALTHCHECK[\s\S]*readyz/);
  expect(lines.join("\n")).not.toMatch(/PARLEY_(?:TOKEN|APP_SECRET|VERIFY_TOKEN)=/);
});
