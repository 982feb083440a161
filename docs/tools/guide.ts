/**
 * The pages of the guide: prose by hand, with the files of a bot as code blocks; what the bot's last test makes of them is
 * put between the marks, as text and as a picture.
 */
import { readdirSync, readFileSync } from "node:fs";
import { compile, DEFAULT_SETTINGS, describe, parseLocale, parseProject } from "@parley/compiler";
import { renderTranscript, runTests, type TestResult } from "@parley/simulator";
import { drawPhone } from "./phone.ts";

export const GUIDE: URL = new URL("../guide/", import.meta.url);

export interface GuidePage {
  /** `02-asking`. */
  readonly name: string;
  readonly text: string;
}

export interface Made {
  readonly text: string;
  readonly picture: string;
}

export function guidePages(): readonly GuidePage[] {
  return readdirSync(GUIDE)
    .filter((file) => /^\d\d-.*\.md$/.test(file))
    .sort()
    .map((file) => ({ name: file.slice(0, -3), text: readFileSync(new URL(file, GUIDE), "utf8") }));
}

const RESULT = /(<!-- result -->\n)[\s\S]*?(<!-- \/result -->)/;

/** The page with the result of its bot. Throws where the bot has findings or a test fails. */
export async function makePage(page: GuidePage): Promise<Made> {
  const result = await playLast(page);
  const text = renderTranscript(result.transcript, { width: 60 })
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
  const title = /^# (.+)$/m.exec(page.text)?.[1] ?? page.name;
  const shown = `\n![What the phone shows](${page.name}.svg)\n\n\`\`\`text\n${text}\n\`\`\`\n`;
  if (!RESULT.test(page.text)) throw new Error(`${page.name} has no <!-- result --> … <!-- /result -->`);
  return {
    text: page.text.replace(RESULT, (_, open: string, close: string) => `${open}${shown}${close}`),
    picture: drawPhone(result.transcript, title),
  };
}

async function playLast(page: GuidePage): Promise<TestResult> {
  const { output, diagnostics } = compilePage(page);
  if (!output || diagnostics.length > 0) {
    throw new Error(`${page.name}: ${diagnostics.map((d) => `${d.code} ${describe(d)}`).join("; ")}`);
  }
  const { results } = await runTests({ machine: output.machine, tests: output.tests });
  const failed = results.find((r) => r.failure);
  if (failed) throw new Error(`${page.name}: ${failed.title}: ${failed.failure?.message} (${failed.failure?.actual})`);
  const last = results.at(-1);
  if (!last) throw new Error(`${page.name} has no test`);
  return last;
}

function compilePage(page: GuidePage): ReturnType<typeof compile> {
  const blocks = [...page.text.matchAll(/^```(flow|yaml)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map((m) => ({
    path: m[2] ?? (m[1] === "flow" ? "bot.flow" : "parley.yaml"),
    text: m[3] ?? "",
  }));
  const project = blocks.find((block) => block.path === "parley.yaml");
  const settings = project ? parseProject(project, "bot").value : DEFAULT_SETTINGS;
  const locales = blocks.flatMap((block) => {
    const locale = /^locales\/(.+)\.yaml$/.exec(block.path)?.[1];
    return locale === undefined ? [] : [parseLocale(block, locale)];
  });
  return compile({ settings, locales, files: blocks.filter((block) => block.path.endsWith(".flow")) });
}
