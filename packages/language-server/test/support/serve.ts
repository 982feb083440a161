/** The server as tests start it; `parley/test/fail` is a feature that throws. */
import { createConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { feature } from "../../src/feature.ts";
import { FEATURES } from "../../src/features.ts";
import { createDisk } from "../../src/node.ts";
import { createServer } from "../../src/server.ts";

const failing = feature("parley/test/fail", {}, () => {
  throw new Error("on purpose");
});

const connection = createConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout));
createServer(
  connection,
  {
    version: "test",
    files: createDisk(),
    now: () => performance.now(),
    page: (code) => `https://parley.example/${code}`,
  },
  [...FEATURES, failing],
);
