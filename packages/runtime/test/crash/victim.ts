/**
 * A bot in a process of its own, to be killed: `victim <file> <API address> [<crash point>:<n>]`; prints its port. At the
 * n-th pass of the crash point it kills itself as SIGKILL would.
 */
import { createBotWith } from "../../src/bot.ts";
import { serve } from "../../src/node.ts";
import { sqliteStore } from "../../src/sqlite.ts";
import type { Store } from "../../src/store.ts";
import { fake, machine } from "../support/fake-step.ts";
import { NUMBER, SECRET } from "../support/webhooks.ts";
import { BROKEN_EXIT } from "./rig.ts";

const [path = "", apiUrl = "", plan = ""] = process.argv.slice(2);
const [point, n] = plan.split(":");
let passes = 0;

function pass(name: string): void {
  if (name !== point) return;
  passes += 1;
  if (passes === Number(n)) process.kill(process.pid, "SIGKILL");
}

function watched(store: Store): Store {
  return {
    ...store,
    open: async (session) => {
      pass("before-open");
      const opened = await store.open(session);
      pass("after-open");
      return opened;
    },
    ingest: async (arrivals, handler) => {
      pass("before-commit");
      const outcomes = await store.ingest(arrivals, {
        ...handler,
        run: (index, loaded) => {
          const decision = handler.run(index, loaded);
          pass("mid-transaction");
          return decision;
        },
      });
      pass("after-commit-before-ack");
      return outcomes;
    },
    claim: async (request) => {
      const claimed = await store.claim(request);
      if (claimed.sends.length > 0) pass("after-claim");
      if (claimed.actions.length > 0) pass("after-action-claim");
      return claimed;
    },
  };
}

process.on("uncaughtException", (error) => {
  if (error.name === "StoreBrokenError") process.exit(BROKEN_EXIT);
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exit(1);
});
const store = sqliteStore(path);
const bot = createBotWith(
  {
    machine,
    actions: { pay: () => "paid", charge: () => "charged" },
    store: watched(store),
    phoneNumberId: NUMBER,
    token: "token",
    appSecrets: [SECRET],
    verifyToken: "verify",
    apiUrl,
    fetch: async (input, init) => {
      pass("before-http");
      const response = await fetch(input, init);
      pass("after-http-before-settle");
      return response;
    },
  },
  fake,
);
const server = await serve(bot, { port: 0 });
process.once("SIGTERM", () => {
  setTimeout(() => pass("during-shutdown"), 1);
  void server
    .stop()
    .then(() => store.close())
    .then(() => process.exit(0));
});
void server.closed.then((why) => {
  if (why) process.exit(BROKEN_EXIT);
});
process.stdout.write(`${server.port}\n`);
