/** Where the bundle begins: the process around `main`, and threads of it. */
import { main } from "./main.ts";

export async function run(args: readonly string[]): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    // A reader that has seen enough (`parley check | head`) is no mistake.
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
  process.exitCode = await main(args);
}

/** A thread of `parley test`. */
export async function thread(): Promise<void> {
  await import("./test/thread.ts");
}
