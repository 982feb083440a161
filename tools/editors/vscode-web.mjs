/**
 * The extension as VS Code for the Web runs it: in the browser's own extension host, the language server in a worker, no
 * process anywhere. The same page, steps and variables as `vscode.mjs`, which says what is needed; skips as that does.
 */
import { inVsCode } from "./lib/session.mjs";
import { tryEditing } from "./vscode/editing.mjs";
import { tryInPage } from "./vscode/web.mjs";

await inVsCode({ name: "vscode-web", inPage: true, tries: [tryInPage, tryEditing] });
