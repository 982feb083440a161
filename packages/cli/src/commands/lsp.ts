/** `parley lsp`: serves an editor until it says that it is done. */
import { pageOf } from "@parley/compiler";
import { serveStdio } from "@parley/language-server/node";
import { pageFile } from "../report/pages.ts";
import { VERSION } from "../version.ts";
import type { Run } from "./command.ts";

/** The protocol's `exit` ends the process. */
export const lsp: Run = () => {
  serveStdio({ version: VERSION, page: (code) => pageFile(pageOf(code)).href });
  return new Promise(() => {});
};
