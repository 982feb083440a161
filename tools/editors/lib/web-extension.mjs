/** An extension as a site gives it to VS Code for the Web: its files from a server of their own, its address in the page. */
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".js": "text/javascript",
  ".cjs": "text/javascript",
  ".json": "application/json",
  ".md": "text/markdown",
};

/** To the next page of the server that is opened; gives what closes the files' server. */
export async function giveToPage(page, { url, unpacked }) {
  const files = createServer((request, response) => {
    const path = join(unpacked, normalize(decodeURIComponent(new URL(request.url, "http://x").pathname)));
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("cross-origin-resource-policy", "cross-origin");
    if (path.endsWith("package.nls.json")) {
      response.setHeader("content-type", TYPES[".json"]).end("{}");
      return;
    }
    if (!path.startsWith(unpacked) || !existsSync(path) || !statSync(path).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("content-type", TYPES[extname(path)] ?? "application/octet-stream");
    createReadStream(path).pipe(response);
  });
  await new Promise((resolve) => files.listen(0, "127.0.0.1", resolve));
  // Scripts of workers may come from `localhost`, not from its number.
  const authority = `localhost:${files.address().port}`;
  const { origin } = new URL(url);
  await page.route(`${origin}/?*`, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(
      /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)/,
      (_, before, written) => {
        const settings = JSON.parse(written.replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
        settings.additionalBuiltinExtensions = [{ scheme: "http", authority, path: "/" }];
        return before + JSON.stringify(settings).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
      },
    );
    // What the page may load from is written into it, too.
    const headers = { ...response.headers() };
    delete headers["content-security-policy"];
    await route.fulfill({ response, body, headers });
  });
  return () => new Promise((resolve) => files.close(resolve));
}
