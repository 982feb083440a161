/** The graph of a flow in a panel beside its text. */
import { type ExtensionContext, ViewColumn, window } from "vscode";
import { page } from "./graph-page.ts";

export function showGraph(context: ExtensionContext, title: string, svg: string): void {
  const panel = window.createWebviewPanel("parley.graph", `Graph: ${title}`, ViewColumn.Beside, {
    enableScripts: false,
  });
  panel.webview.html = page(svg);
  context.subscriptions.push(panel);
}
