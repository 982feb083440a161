/** What `serve` says and does when the disk under the conversations fails: it ends, and whoever supervises it starts it anew. */
import type { Server } from "@parley/runtime/node";
import { EXIT } from "../exit.ts";
import type { Stop } from "./stop.ts";

export function isBroken(error: unknown): error is Error {
  return error instanceof Error && error.name === "StoreBrokenError";
}

export function sayBroken({ message }: Error): number {
  process.stderr.write(
    `${message}\nThe bot stopped. What was answered 200 is kept; WhatsApp delivers the rest again.\n`,
  );
  return EXIT.broken;
}

export function endWhenBroken(server: Server, stop: Stop): void {
  void server.closed.then((why) => {
    if (why) stop.end(sayBroken(why));
  });
}
