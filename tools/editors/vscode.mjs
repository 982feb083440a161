/**
 * The packaged extension in a real VS Code (code-server) in a real Chromium: what people do in it, with a picture of each
 * step. `node tools/editors/vscode.mjs [WORD…]` after `npm run vsix`; WORDs choose steps. Skips where Chromium or
 * code-server cannot be had. PARLEY_CODE_SERVER: a folder that code-server is installed in; PARLEY_PICTURES: where the
 * pictures go.
 */
import { inVsCode } from "./lib/session.mjs";
import { tryEditing } from "./vscode/editing.mjs";
import { tryTools } from "./vscode/tools.mjs";

await inVsCode({ name: "vscode", tries: [tryEditing, tryTools] });
