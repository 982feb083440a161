/**
 * The server in a web worker. It has no file system and asks its client for files: `parley/findFiles { pattern }` gives
 * URIs, `parley/readFile { uri }` a text or null; `workspace/didChangeWatchedFiles` tells of changes.
 */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { createMemoryFiles } from "./memory-files.ts";
import { createServer } from "./server.ts";
import { VERSION } from "./version.ts";

declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

const PATTERN = "**/{*.flow,parley.yaml,*.yaml,*.yml,*.json}";

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
const files = createMemoryFiles();

async function take(uris: readonly string[]): Promise<void> {
  await Promise.all(
    uris.map(async (uri) => {
      const text: string | null = await connection.sendRequest("parley/readFile", { uri });
      files.set(uri, text ?? undefined);
    }),
  );
}

createServer(connection, {
  version: VERSION,
  files,
  now: () => performance.now(),
  prepare: async () => take(await connection.sendRequest("parley/findFiles", { pattern: PATTERN })),
  changed: take,
});
