/** The language server over any connection: what comes in changes texts, what is asked is answered by the table of features. */
import {
  type CancellationToken,
  type CodeActionParams,
  type Connection,
  type Diagnostic,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticReport,
  type InitializeParams,
  type InitializeResult,
  type ServerCapabilities,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import { hintsOf } from "./client-settings.ts";
import { COMMAND_NAMES, runCommand } from "./commands.ts";
import { createDocuments, type Documents } from "./documents.ts";
import type { Context, Feature } from "./feature.ts";
import type { HintSettings } from "./features/inlay-hints.ts";
import { actionsFor, FIX_ALL } from "./features/problems/actions.ts";
import { FEATURES } from "./features.ts";
import { attempted, guarded, type Telling } from "./guard.ts";
import type { Host } from "./host.ts";
import { offsetAt } from "./positions.ts";
import { createProblems, type Problems } from "./problems.ts";
import { createProjects, type Projects } from "./projects.ts";
import { createSchedule, type Schedule } from "./schedule.ts";
import { allTests } from "./tests.ts";
import { canonical } from "./uris.ts";
import { pathOf, sourceOf, type View } from "./view.ts";

/** What the client may send as `initializationOptions`. */
interface Options {
  /** `pull`: findings are answered (LSP 3.17) and not pushed; for each client one of both, or it shows all twice. */
  readonly diagnostics?: "push" | "pull";
  /** Where the pages of the documentation stand. */
  readonly docs?: string;
  /** Which inlay hints are wanted: `counts` (`short`, `all` or `off`), `types`, `window`. */
  readonly hints?: Partial<HintSettings>;
  /** Commands of lenses that the client has. */
  readonly commands?: readonly string[];
}

interface Server {
  readonly connection: Connection;
  readonly host: Host;
  readonly documents: Documents;
  readonly projects: Projects;
  readonly problems: Problems;
  readonly schedule: Schedule;
  readonly telling: Telling;
  readonly features: readonly Feature[];
  params: InitializeParams;
  context: Context;
}

/** Answers on a connection until that is closed. `features`: the table, or another one for tests. */
export function createServer(connection: Connection, host: Host, features: readonly Feature[] = FEATURES): void {
  const documents = createDocuments();
  const projects = createProjects(host.files, documents);
  const problems = createProblems(projects, documents, host.page);
  const telling = { error: (text: string) => connection.console.error(text) };
  const viewOf = (uri: string): View | undefined => projects.of(uri)?.view();
  const views = (): readonly View[] => projects.all().map((project) => project.view());
  const schedule = createSchedule(
    [() => attempted(telling, "reading", () => void views()), () => attempted(telling, "checking", () => tell(server))],
    host.now,
  );
  const server: Server = {
    connection,
    host,
    documents,
    projects,
    problems,
    schedule,
    telling,
    features,
    params: { processId: null, rootUri: null, capabilities: {} },
    context: { docs: host.docs, client: {}, views, viewOf },
  };
  connection.onInitialize((params) => {
    server.params = params;
    const { docs = host.docs, hints, commands } = optionsOf(server);
    server.context = { docs, client: params.capabilities, hints, commands, views, viewOf };
    return {
      capabilities: capabilitiesOf(server),
      serverInfo: { name: "parley", version: host.version },
    } satisfies InitializeResult;
  });
  connection.onInitialized(() => void begin(server));
  connection.onShutdown(() => schedule.stop());
  followSettings(server);
  followTexts(server);
  followFiles(server);
  answerFeatures(server);
  answerProblems(server);
  answerCommands(server);
  connection.listen();
}

function optionsOf({ params }: Server): Options {
  return (params.initializationOptions ?? {}) as Options;
}

/** Clients that can only ask are not pushed to. */
function isPulling(server: Server): boolean {
  const { textDocument } = server.params.capabilities;
  return optionsOf(server).diagnostics === "pull" || (!textDocument?.publishDiagnostics && !!textDocument?.diagnostic);
}

function capabilitiesOf(server: Server): ServerCapabilities {
  const flows = { filters: [{ scheme: "file", pattern: { glob: "**/*.{flow,yaml,yml,json}" } }] };
  // A folder that a project names may be renamed, too.
  const all = { filters: [{ scheme: "file", pattern: { glob: "**/*" } }] };
  const own: ServerCapabilities = {
    textDocumentSync: { openClose: true, change: 2, save: false },
    executeCommandProvider: { commands: [...COMMAND_NAMES] },
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: { willRename: all, didRename: flows, didCreate: flows, didDelete: flows },
    },
    ...(isPulling(server)
      ? { diagnosticProvider: { identifier: "parley", interFileDependencies: true, workspaceDiagnostics: true } }
      : {}),
  };
  Object.assign(own, ...server.features.map(({ capability }) => capability).toReversed());
  return { ...own, codeActionProvider: { codeActionKinds: ["quickfix", "refactor", FIX_ALL] } };
}

// ---------------------------------------------------------------- the beginning

async function begin(server: Server): Promise<void> {
  const { connection, host, projects, params, telling } = server;
  if (params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
    const watchers = [{ globPattern: "**/*.{flow,yaml,yml,json}" }];
    void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
  if (params.capabilities.workspace?.workspaceFolders) {
    connection.workspace.onDidChangeWorkspaceFolders(() => void refind(server));
  }
  const progress = params.capabilities.window?.workDoneProgress
    ? await connection.window.createWorkDoneProgress()
    : undefined;
  progress?.begin("Parley: reading flows");
  try {
    await host.prepare?.();
    attempted(telling, "looking for projects", () => projects.find(foldersOf(params)));
    attempted(telling, "checking", () => tell(server));
  } catch (error) {
    telling.error(String(error));
  } finally {
    progress?.done();
  }
}

async function refind({ connection, projects, schedule }: Server): Promise<void> {
  const folders = (await connection.workspace.getWorkspaceFolders()) ?? [];
  projects.find(folders.map(({ uri }) => uri));
  schedule.touch();
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri === null ? [] : [rootUri];
}

/** Tells the client what is new. */
function tell(server: Server): void {
  const { connection, problems, params } = server;
  if (!isPulling(server)) {
    for (const one of problems.news()) void connection.sendDiagnostics(one);
  } else if (params.capabilities.workspace?.diagnostics?.refreshSupport)
    void connection.languages.diagnostics.refresh();
}

// ---------------------------------------------------------------- texts and files

function followTexts({ connection, documents, projects, schedule, telling }: Server): void {
  const after = (what: string, run: () => void): void => {
    attempted(telling, what, run);
    schedule.touch();
  };
  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) =>
    after("opening a file", () => {
      documents.open({ uri, language: languageId, version, text });
      const project = projects.of(uri);
      if (project?.has(canonical(uri)) && project.textOf(canonical(uri)) === text) return;
      projects.moved(uri);
    }),
  );
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) =>
    after("a change", () => {
      documents.change(uri, version, contentChanges);
      projects.edited(uri);
    }),
  );
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) =>
    after("closing a file", () => {
      documents.close(uri);
      projects.moved(uri);
    }),
  );
}

function followSettings(server: Server): void {
  server.connection.onDidChangeConfiguration(({ settings }: { readonly settings: unknown }) => {
    server.context = { ...server.context, hints: { ...optionsOf(server).hints, ...hintsOf(settings) } };
    const refreshes = server.params.capabilities.workspace?.inlayHint?.refreshSupport;
    if (refreshes) void server.connection.languages.inlayHint.refresh();
  });
}

function followFiles(server: Server): void {
  const { connection, projects, schedule, telling, host } = server;
  const changed = async (uris: readonly string[]): Promise<void> => {
    await host.changed?.(uris);
    attempted(telling, "a change of files", () => projects.changed());
    schedule.touch();
  };
  connection.onDidChangeWatchedFiles(({ changes }) => changed(changes.map(({ uri }) => uri)));
  connection.workspace.onDidRenameFiles(({ files }) =>
    changed(files.flatMap(({ oldUri, newUri }) => [oldUri, newUri])),
  );
  connection.workspace.onDidCreateFiles(({ files }) => changed(files.map(({ uri }) => uri)));
  connection.workspace.onDidDeleteFiles(({ files }) => changed(files.map(({ uri }) => uri)));
}

// ---------------------------------------------------------------- answers

function answerFeatures(server: Server): void {
  const methods = Map.groupBy(server.features, ({ method }) => method);
  for (const [method, features] of methods) {
    server.connection.onRequest(method, (params: never, token: CancellationToken) =>
      guarded(server.telling, method, token, () => {
        const actions = method === "textDocument/codeAction" ? problemActions(server, params) : undefined;
        return joined([actions, ...features.map(({ run }) => run(server.context, params))]);
      }),
    );
  }
  if (!methods.has("textDocument/codeAction")) {
    server.connection.onCodeAction((params, token) =>
      guarded(server.telling, "textDocument/codeAction", token, () => [...(problemActions(server, params) ?? [])]),
    );
  }
}

function joined(answers: readonly unknown[]): unknown {
  const there = answers.filter((answer) => answer !== undefined && answer !== null);
  return there.every((answer) => Array.isArray(answer)) && there.length > 0 ? there.flat() : (there[0] ?? null);
}

function problemActions({ projects }: Server, params: CodeActionParams): ReturnType<typeof actionsFor> | undefined {
  const { uri } = params.textDocument;
  const project = projects.of(uri);
  const view = project?.view();
  const source = view && sourceOf(view, pathOf(view, uri));
  if (!project || !view || !source) return undefined;
  const [start, end] = [offsetAt(source, params.range.start), offsetAt(source, params.range.end)];
  return actionsFor(view, project.diagnostics(), { source, start, end, only: params.context.only });
}

function answerCommands(server: Server): void {
  const { connection, projects, telling, host, context, schedule } = server;
  const commands = {
    viewOf: context.viewOf,
    page: host.page,
    reload: () => {
      projects.changed();
      schedule.touch();
    },
    select: async (uri: string, selection: { start: never; end: never }) => {
      await connection.window.showDocument({ uri, selection, takeFocus: true });
    },
  };
  connection.onExecuteCommand(({ command, arguments: args = [] }, token) =>
    guarded(telling, command, token, () => runCommand(command, args, commands as never)),
  );
  connection.onRequest("parley/tests", (token: CancellationToken) =>
    guarded(telling, "parley/tests", token, () => allTests(server.context.views())),
  );
}

/** An answer that is the one that the client has is `unchanged`. */
function answerProblems({ connection, problems, telling, documents }: Server): void {
  connection.languages.diagnostics.on(
    ({ textDocument, previousResultId }, token): DocumentDiagnosticReport =>
      sure(
        guarded(telling, "textDocument/diagnostic", token, () =>
          reportOf(problems.current().get(canonical(textDocument.uri)) ?? [], previousResultId),
        ),
      ),
  );
  connection.languages.diagnostics.onWorkspace(({ previousResultIds }, token) =>
    sure(
      guarded(telling, "workspace/diagnostic", token, () => {
        const before = new Map(previousResultIds.map(({ uri, value }) => [canonical(uri), value]));
        const now = problems.current();
        const items = [...new Set([...now.keys(), ...before.keys()])].map((uri): WorkspaceDocumentDiagnosticReport => {
          const open = documents.get(uri);
          return {
            ...reportOf(now.get(uri) ?? [], before.get(uri)),
            uri: open?.uri ?? uri,
            version: open?.version ?? null,
          };
        });
        return { items };
      }),
    ),
  );
}

/** The protocol's types leave out that each answer may be an error. */
function sure<T>(answer: T): Exclude<T, Error> {
  return answer as Exclude<T, Error>;
}

function reportOf(items: readonly Diagnostic[], before: string | undefined): DocumentDiagnosticReport {
  const resultId = hashOf(JSON.stringify(items));
  return resultId === before ? { kind: "unchanged", resultId } : { kind: "full", resultId, items: [...items] };
}

/** FNV-1a over UTF-16 units, with the length. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `${text.length.toString(36)}-${(hash >>> 0).toString(36)}`;
}
