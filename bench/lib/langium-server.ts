/** Langium's language server over stdio, with the grammar and the checks that the build is compared with. */
import { createRequire } from "node:module";
import { startLanguageServer } from "langium/lsp";
import { NodeFileSystem } from "langium/node";
import { langiumServices } from "./langium-build.ts";

const ofLangium = createRequire(import.meta.resolve("langium"));
const { createConnection, ProposedFeatures, StreamMessageReader, StreamMessageWriter } = ofLangium(
  "vscode-languageserver/node",
) as {
  createConnection: (features: unknown, reader: unknown, writer: unknown) => unknown;
  ProposedFeatures: { readonly all: unknown };
  StreamMessageReader: new (stream: NodeJS.ReadableStream) => unknown;
  StreamMessageWriter: new (stream: NodeJS.WritableStream) => unknown;
};
const connection = createConnection(
  ProposedFeatures.all,
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(process.stdout),
);
const services = await langiumServices({
  lsp: { Connection: () => connection },
  workspace: { FileSystemProvider: NodeFileSystem.fileSystemProvider },
});
startLanguageServer(services.shared);
