/**
 * The language server in a web worker of a real Chromium, as the browser version of VS Code runs it: the protocol over
 * postMessage, files from the page. `node tools/editors/worker.mjs` after `npm run vsix`; skips where there is no Chromium.
 */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromiumHere, openBrowser } from "./lib/browser.mjs";
import { createSteps, must, skip } from "./lib/steps.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const worker = join(root, "packages/vscode/dist/worker.js");
if (!existsSync(worker)) skip("the worker is not built: npm run vsix");
const chromium = chromiumHere() ?? skip("there is no Chromium");

const FOLDER = "memfs:/pizzeria";
const NAMES = ["order.flow", "types.flow", "parley.yaml"];
const FILES = Object.fromEntries(
  NAMES.map((name) => [`${FOLDER}/${name}`, readFileSync(join(root, "examples/02-pizzeria", name), "utf8")]),
);
const FLOW = `${FOLDER}/order.flow`;

const pages = createServer((request, response) => {
  const isWorker = request.url === "/worker.js";
  response.setHeader("content-type", isWorker ? "text/javascript" : "text/html");
  // Nothing but the worker itself is loaded, and it loads nothing.
  response.setHeader("content-security-policy", "default-src 'none'; worker-src 'self'; script-src 'self'");
  response.end(isWorker ? readFileSync(worker) : "<!doctype html><title>worker</title>");
});
await new Promise((resolve) => pages.listen(0, "127.0.0.1", resolve));
const browser = await openBrowser(chromium);
const { page } = browser;
page.setDefaultTimeout(10_000);
await page.goto(`http://127.0.0.1:${pages.address().port}/`);
await page.evaluate((files) => {
  const server = new Worker("/worker.js");
  const waiting = new Map();
  const found = new Map();
  const errors = [];
  let id = 0;
  const answers = {
    "parley/findFiles": () => Object.keys(files),
    "parley/readFile": ({ uri }) => files[uri] ?? null,
  };
  server.onerror = ({ message }) => errors.push(message);
  server.onmessage = ({ data }) => {
    if (data.method === "textDocument/publishDiagnostics") found.set(data.params.uri, data.params.diagnostics);
    else if (data.method && data.id !== undefined)
      server.postMessage({ jsonrpc: "2.0", id: data.id, result: answers[data.method]?.(data.params) ?? null });
    else if (data.method === undefined) {
      waiting.get(data.id)?.(data);
      waiting.delete(data.id);
    }
  };
  globalThis.lsp = {
    errors,
    foundAt: (uri) => found.get(uri),
    notify: (method, params) => server.postMessage({ jsonrpc: "2.0", method, params }),
    request: (method, params) =>
      new Promise((resolve, reject) => {
        waiting.set(++id, ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result)));
        server.postMessage({ jsonrpc: "2.0", id, method, params });
      }),
  };
}, FILES);

const request = (method, params) => page.evaluate(([m, p]) => globalThis.lsp.request(m, p), [method, params]);
const notify = (method, params) => page.evaluate(([m, p]) => globalThis.lsp.notify(m, p), [method, params]);
const foundAt = (uri, count) =>
  page
    .waitForFunction(
      ([u, n]) => (globalThis.lsp.foundAt(u)?.length ?? -1) === n && globalThis.lsp.foundAt(u),
      [uri, count],
    )
    .then((handle) => handle.jsonValue());
const textDocument = { uri: FLOW };
const place = (wanted, after = 0) => {
  const before = FILES[FLOW].slice(0, FILES[FLOW].indexOf(wanted) + after).split("\n");
  return { line: before.length - 1, character: before.at(-1).length };
};

const { claim, end } = createSteps();
await claim("the server begins in a worker", async () => {
  const { capabilities, serverInfo } = await request("initialize", {
    processId: null,
    rootUri: FOLDER,
    workspaceFolders: [{ uri: FOLDER, name: "pizzeria" }],
    capabilities: { textDocument: { publishDiagnostics: {} } },
  });
  must(serverInfo.name === "parley" && capabilities.hoverProvider, serverInfo);
  await notify("initialized", {});
});
await claim("a mistake is told while it is typed, and not any more when it is repaired", async () => {
  await notify("textDocument/didOpen", {
    textDocument: { uri: FLOW, languageId: "parley", version: 1, text: FILES[FLOW] },
  });
  const at = place('"Order a pizza"', '"Order a pizza'.length);
  const more = " and whatever you like";
  const change = (version, range, text) =>
    notify("textDocument/didChange", { textDocument: { uri: FLOW, version }, contentChanges: [{ range, text }] });
  await change(2, { start: at, end: at }, more);
  const [one] = await foundAt(FLOW, 1);
  must(one.code === "P3004", one);
  await change(3, { start: at, end: { ...at, character: at.character + more.length } }, "");
  await foundAt(FLOW, 0);
});
await claim("hovering shows the message as a card", async () => {
  const hover = await request("textDocument/hover", { textDocument, position: place("ask list", 1) });
  must(JSON.stringify(hover).includes("Which pizza would you like?"), hover);
});
await claim("completion offers states of the flow", async () => {
  const found = await request("textDocument/completion", { textDocument, position: place("-> hours", 5) });
  const labels = (found.items ?? found).map(({ label }) => label);
  must(labels.includes("goodbye"), labels);
});
await claim("types of another file, which came from the page, are known", async () => {
  const [target] = [
    await request("textDocument/definition", { textDocument, position: place("var pizza: Pizza", 13) }),
  ].flat();
  must((target.targetUri ?? target.uri).endsWith("/types.flow"), target);
});
await claim("nothing went wrong in the worker", async () => {
  const errors = await page.evaluate(() => globalThis.lsp.errors);
  must(errors.length === 0, errors);
});
await browser.close();
pages.close();
process.exit(end());
