/** The tests of all flows in the test explorer: run, run on change, and coverage in the gutter. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type CancellationToken,
  commands,
  type Disposable,
  FileCoverage,
  Location,
  type LogOutputChannel,
  Position,
  Range,
  StatementCoverage,
  type TestController,
  type TestItem,
  TestMessage,
  type TestRun,
  TestRunProfileKind,
  type TestRunRequest,
  tests,
  Uri,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type Cli, run } from "./cli.ts";
import { type Covered, coverageByFile, type Outcome, outcomes } from "./test-report.ts";

interface Tools {
  readonly client: BaseLanguageClient;
  readonly cli: Cli;
  readonly log: LogOutputChannel;
}

/** What the server tells of a test. */
interface FoundTest {
  readonly title: string;
  readonly uri: string;
  /** URI of the bot's folder. */
  readonly folder: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

class FlowCoverage extends FileCoverage {
  readonly places: readonly Covered[];

  constructor(uri: Uri, places: readonly Covered[]) {
    super(uri, { covered: places.filter(({ count }) => count > 0).length, total: places.length });
    this.places = places;
  }
}

export function registerTests(tools: Tools): readonly Disposable[] {
  const controller = tests.createTestController("parley", "Parley");
  const folders = new WeakMap<TestItem, string>();
  const refresh = async (): Promise<void> => {
    if (!tools.client.isRunning()) return;
    const found = await tools.client.sendRequest<readonly FoundTest[]>("parley/tests");
    show(controller, folders, found);
  };
  controller.refreshHandler = refresh;
  const start =
    (isCovered: boolean) =>
    async (request: TestRunRequest, token: CancellationToken): Promise<void> => {
      const runner = { ...tools, controller, folders };
      if (!request.continuous) return runTests(runner, request, isCovered, token);
      const again = workspace.onDidSaveTextDocument(() => void runTests(runner, request, isCovered, token));
      token.onCancellationRequested(() => again.dispose());
    };
  controller.createRunProfile("Run", TestRunProfileKind.Run, start(false), true, undefined, true);
  const covered = controller.createRunProfile(
    "Run with Coverage",
    TestRunProfileKind.Coverage,
    start(true),
    true,
    undefined,
    true,
  );
  covered.loadDetailedCoverage = async (_run, coverage) =>
    coverage instanceof FlowCoverage
      ? coverage.places.map(
          ({ line, column, count }) => new StatementCoverage(count, new Position(line - 1, column - 1)),
        )
      : [];
  // The server hears of a changed file at the same time: it is asked when that is done.
  let soon: ReturnType<typeof setTimeout> | undefined;
  const later = (): void => {
    clearTimeout(soon);
    soon = setTimeout(() => void refresh(), 300);
  };
  const files = workspace.createFileSystemWatcher("**/*.flow");
  files.onDidChange(later);
  files.onDidCreate(later);
  files.onDidDelete(later);
  return [
    controller,
    files,
    tools.client.onDidChangeState(() => void refresh()),
    workspace.onDidSaveTextDocument(() => void refresh()),
    workspace.onDidOpenTextDocument(({ languageId }) => void (languageId === "parley" && refresh())),
    commands.registerCommand("parley.runTest", async (uri: string, title: string) => {
      await refresh();
      const item = [...controller.items].map(([, file]) => file.children.get(`${uri}#${title}`)).find((one) => one);
      if (item)
        await start(false)({ include: [item], exclude: undefined, profile: undefined, preserveFocus: false }, NEVER);
    }),
  ];
}

const NEVER: CancellationToken = {
  isCancellationRequested: false,
  onCancellationRequested: () => ({ dispose: () => undefined }),
};

function show(controller: TestController, folders: WeakMap<TestItem, string>, found: readonly FoundTest[]): void {
  const files = Map.groupBy(found, ({ uri }) => uri);
  controller.items.replace(
    [...files].map(([uri, inFile]) => {
      const file = controller.createTestItem(uri, workspace.asRelativePath(Uri.parse(uri)), Uri.parse(uri));
      folders.set(file, inFile[0]?.folder ?? "");
      file.children.replace(
        inFile.map(({ title, range, folder }) => {
          const item = controller.createTestItem(`${uri}#${title}`, title, Uri.parse(uri));
          item.range = new Range(range.start.line, range.start.character, range.end.line, range.end.character);
          folders.set(item, folder);
          return item;
        }),
      );
      return file;
    }),
  );
}

interface Runner extends Tools {
  readonly controller: TestController;
  readonly folders: WeakMap<TestItem, string>;
}

async function runTests(
  runner: Runner,
  request: TestRunRequest,
  isCovered: boolean,
  token: CancellationToken,
): Promise<void> {
  const { controller, folders } = runner;
  const chosen = request.include ?? [...controller.items].map(([, item]) => item);
  const excluded = new Set(request.exclude ?? []);
  const items = chosen.flatMap(leaves).filter((item) => !excluded.has(item));
  const testRun = controller.createTestRun(request);
  for (const item of items) testRun.enqueued(item);
  try {
    await workspace.saveAll(false);
    for (const [folder, inFolder] of Map.groupBy(items, (item) => folders.get(item) ?? "")) {
      if (token.isCancellationRequested) break;
      await runFolder(runner, testRun, folder, inFolder, isCovered, token);
    }
  } finally {
    testRun.end();
  }
}

function leaves(item: TestItem): readonly TestItem[] {
  return item.children.size === 0 ? [item] : [...item.children].map(([, child]) => child);
}

/** All tests of a bot run at once, which takes less than to begin twice; those that were not asked for are not told. */
async function runFolder(
  { cli, log }: Runner,
  testRun: TestRun,
  folder: string,
  items: readonly TestItem[],
  isCovered: boolean,
  token: CancellationToken,
): Promise<void> {
  const path = Uri.parse(folder).fsPath;
  const [only] = items.length === 1 ? items : [];
  for (const item of items) testRun.started(item);
  const temporary = mkdtempSync(join(tmpdir(), "parley-tests-"));
  try {
    const coverage = join(temporary, "coverage.json");
    const args = ["test", ".", "--format", "json", ...(only ? ["--filter", only.label] : [])];
    const { stdout, stderr, status } = await run(
      cli,
      [...args, ...(isCovered ? ["--coverage", `json=${coverage}`] : [])],
      path,
      token,
    );
    if (stderr) testRun.appendOutput(stderr.replaceAll("\n", "\r\n"));
    const told = outcomes(stdout);
    if (!told) {
      log.error(`parley test ended with ${status}: ${stderr}`);
      for (const item of items) testRun.errored(item, new TestMessage(stderr || `parley test ended with ${status}`));
      return;
    }
    for (const item of items) tell(testRun, item, path, told);
    if (isCovered)
      for (const [file, places] of coverageByFile(readFileSync(coverage, "utf8")))
        testRun.addCoverage(new FlowCoverage(Uri.file(join(path, file)), places));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function tell(testRun: TestRun, item: TestItem, folder: string, told: readonly Outcome[]): void {
  const outcome = told.find(({ title, file }) => title === item.label && item.uri?.fsPath === join(folder, file));
  if (!outcome) {
    testRun.errored(item, new TestMessage("The bot has errors, so that its tests cannot run."));
    return;
  }
  const { failure } = outcome;
  if (!failure) {
    testRun.appendOutput(`passed  ${item.label}\r\n`, undefined, item);
    testRun.passed(item);
    return;
  }
  const message =
    failure.expected === undefined || failure.actual === undefined
      ? new TestMessage(failure.message)
      : TestMessage.diff(failure.message, failure.expected, failure.actual);
  message.location = new Location(
    Uri.file(join(folder, failure.file)),
    new Position(failure.line - 1, failure.column - 1),
  );
  testRun.appendOutput(`FAILED  ${item.label}: ${failure.message}\r\n`, message.location, item);
  testRun.failed(item, message);
}
