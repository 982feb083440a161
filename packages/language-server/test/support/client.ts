/** An editor for tests: starts the real server as a process and talks to it over standard input and output. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  ProgressType,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceEdit,
} from "vscode-languageserver/node";

const SERVER = fileURLToPath(new URL("serve.ts", import.meta.url));

export interface Client {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  /** What is shown at each file now. */
  readonly shown: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly log: readonly string[];
  /** What the server has told of its work: the title, then `end`. */
  readonly progress: readonly string[];
  readonly request: <T>(method: string, params: unknown) => Promise<T>;
  readonly notify: (method: string, params: unknown) => Promise<void>;
  /** Resolves when the findings of a file are as wanted. */
  readonly until: (uri: string, is: (found: readonly Diagnostic[]) => boolean) => Promise<readonly Diagnostic[]>;
  /** Resolves when findings of a file come in again. */
  readonly next: (uri: string) => Promise<readonly Diagnostic[]>;
  readonly stop: () => Promise<number | null>;
}

const COMMAND = ["--conditions=@parley/source", SERVER];

/** `command`: what node runs as the server. `capabilities`: beside that it shows findings. */
export async function startClient(
  folders: readonly string[],
  options: unknown = {},
  command: readonly string[] = COMMAND,
  capabilities: ClientCapabilities = {},
): Promise<Client> {
  const child = spawn(process.execPath, [...command], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const shown = new Map<string, readonly Diagnostic[]>();
  const log: string[] = [];
  const waiting = new Set<() => void>();
  const awaited = new Map<string, (found: readonly Diagnostic[]) => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
    shown.set(uri, diagnostics);
    for (const look of waiting) look();
    const come = awaited.get(uri);
    awaited.delete(uri);
    come?.(diagnostics);
  });
  connection.onNotification("window/logMessage", ({ message }: { readonly message: string }) => void log.push(message));
  connection.listen();
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const progress: string[] = [];
  connection.onRequest("window/workDoneProgress/create", ({ token }: { readonly token: string }) => {
    connection.onProgress(new ProgressType<{ readonly kind: string; readonly title?: string }>(), token, (one) => {
      progress.push(one.title ?? one.kind);
    });
    return null;
  });
  const request = <T>(method: string, params: unknown): Promise<T> => connection.sendRequest(method, params);
  const notify = (method: string, params: unknown): Promise<void> => connection.sendNotification(method, params);
  await request("initialize", {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
    capabilities: { textDocument: { publishDiagnostics: { relatedInformation: true } }, ...capabilities },
    initializationOptions: options,
  });
  await notify("initialized", {});
  return {
    connection,
    process: child,
    shown,
    log,
    progress,
    request,
    notify,
    until: (uri, is) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = shown.get(uri);
          if (!found || !is(found)) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    next: (uri) => new Promise((resolve) => void awaited.set(uri, resolve)),
    stop: async () => {
      await request("shutdown", undefined);
      await notify("exit", undefined);
      const code = await ended;
      connection.dispose();
      return code;
    },
  };
}

/** A text with the edits that are about its file. */
export function edited(text: string, edit: WorkspaceEdit, uri: string): string {
  const edits =
    edit.changes?.[uri] ??
    (edit.documentChanges ?? []).flatMap((change) =>
      "textDocument" in change && change.textDocument.uri === uri ? change.edits : [],
    );
  const lines = text.split("\n");
  const at = ({ line, character }: { line: number; character: number }): number =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  return edits
    .flatMap((one) =>
      "newText" in one ? [{ start: at(one.range.start), end: at(one.range.end), text: one.newText }] : [],
    )
    .sort((a, b) => b.start - a.start)
    .reduce((sum, one) => sum.slice(0, one.start) + one.text + sum.slice(one.end), text);
}
