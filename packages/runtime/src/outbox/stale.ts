/** Prompts that nobody should get any more. */
import type { Snapshot } from "@parley/machine";
import type { SendRow } from "../store.ts";

/** A prompt whose conversation waits for something else by now, or is over: who taps it would answer a question of the past. */
export function isStale(row: Pick<SendRow, "ask" | "conversation" | "turn">, snapshot: Snapshot | null): boolean {
  if (row.ask === null || row.conversation === null) return false;
  const conversation = snapshot?.conversation;
  if (!conversation || conversation.id !== row.conversation) return true;
  const { wait, interrupted } = conversation;
  // What is interrupted is asked again at the resume; until then its prompt may come.
  return !interrupted && (wait.kind !== "ask" || wait.turn > row.turn);
}
