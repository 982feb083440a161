/** Where a thread of `parley test` begins. */
import { parentPort, workerData } from "node:worker_threads";
import type { TestDef } from "@parley/machine";
import { playHere, type Stage } from "./stage.ts";

parentPort?.on("message", (tests: readonly TestDef[]) => {
  // What fails here is a mistake of ours: it ends the thread, and with it the command.
  void playHere(workerData as Stage, tests).then((part) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
    parentPort?.postMessage(part);
  });
});
