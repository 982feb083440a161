/** How a process that goes on is stopped: SIGINT and SIGTERM once ask for it, a second time they insist. */
import { EXIT } from "../exit.ts";

export interface Stop {
  readonly signal: AbortSignal;
  /** Resolves with the exit status: 130 after SIGINT, 0 after SIGTERM, which is how servers are stopped. */
  readonly asked: Promise<number>;
  /** Ends it for a reason of its own. */
  readonly end: (status: number) => void;
  readonly release: () => void;
}

export function stopSignals(): Stop {
  const controller = new AbortController();
  let resolve: (status: number) => void = () => undefined;
  const asked = new Promise<number>((done) => {
    resolve = done;
  });
  const on = (status: number) => (): void => {
    // oxlint-disable-next-line no-process-exit -- whoever presses twice does not want to wait
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    resolve(status);
    controller.abort();
  };
  const interrupt = on(EXIT.interrupted);
  const terminate = on(EXIT.clean);
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", terminate);
  const release = (): void => {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", terminate);
  };
  return {
    signal: controller.signal,
    asked,
    end: (status) => {
      resolve(status);
      controller.abort();
    },
    release,
  };
}
