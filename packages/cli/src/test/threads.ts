/** Tests in threads: each takes the next batch when it is done with one. */
import { Worker } from "node:worker_threads";
import type { TestDef } from "@parley/machine";
import type { Played, Stage } from "./stage.ts";

/** Where all begins: as it is written, or in the bundle, where it lies beside this. */
const ENTRY = new URL(import.meta.url.endsWith(".ts") ? "../bundle.ts" : "parley.mjs", import.meta.url);
const THREAD = `import(${JSON.stringify(ENTRY.href)}).then(({ thread }) => thread())`;

/** `onPlayed` gets the batches in their order. Rejects with what went wrong in a thread. */
export async function playBeside(
  stage: Stage,
  batches: readonly (readonly TestDef[])[],
  threads: number,
  onPlayed: (part: Played) => void,
): Promise<void> {
  const done = new Map<number, Played>();
  let next = 0;
  let told = 0;
  const take = (index: number, part: Played): void => {
    done.set(index, part);
    for (let ready = done.get(told); ready; ready = done.get(told)) {
      done.delete(told++);
      onPlayed(ready);
    }
  };
  const work = async (): Promise<void> => {
    const worker = new Worker(THREAD, { eval: true, workerData: stage });
    try {
      for (let index = next++; index < batches.length; index = next++)
        take(index, await playIn(worker, batches[index] ?? []));
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
}

function playIn(worker: Worker, tests: readonly TestDef[]): Promise<Played> {
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("message", (part: Played) => {
      worker.off("error", reject);
      resolve(part);
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
    worker.postMessage(tests);
  });
}
