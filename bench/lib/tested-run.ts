/** `tests.bench.ts` in a process of its own: turns a second of simulated conversations, printed as JSON. */
import { compile, DEFAULT_SETTINGS } from "@parley/compiler";
import { runTests } from "@parley/simulator";
import { TURNS, testedProject } from "./tested-project.ts";

const tests = Number(process.argv[2] ?? 200);
const files = Object.entries(testedProject(tests)).flatMap(([path, text]) =>
  path.endsWith(".flow") ? [{ path, text }] : [],
);
const { output, diagnostics } = compile({ settings: { ...DEFAULT_SETTINGS, name: "shop" }, files });
if (!output) throw new Error(JSON.stringify(diagnostics.map(({ code, args }) => [code, args])));
const [first] = output.tests;
if (first) await runTests({ machine: output.machine, tests: [first] });
const from = performance.now();
const cpu = process.cpuUsage();
const { passed, failed } = await runTests({ machine: output.machine, tests: output.tests });
const { user, system } = process.cpuUsage(cpu);
if (failed > 0 || passed !== tests) throw new Error(`${failed} of ${tests} failed`);
process.stdout.write(
  JSON.stringify({ turns: tests * TURNS, ms: performance.now() - from, cpuMs: (user + system) / 1000 }),
);
