import type { Node } from "../flow/graph.ts";

const TELLS: ReadonlySet<string> = new Set(["SendContact", "SendLocation"]);

/** Whether a node brings people in, or tells where they are. */
export function tellsOfPeople({ what }: Node): boolean {
  if (what.kind === "handoff") return true;
  return what.kind === "message" && what.syntax.kind === "Send" && TELLS.has(what.syntax.what.kind);
}
