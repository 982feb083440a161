/** A bot in a process of its own, to be killed: `kill-server.ts <file> <API address>`; prints its port. */
import { createBotWith } from "../../src/bot.ts";
import { serve } from "../../src/node.ts";
import { sqliteStore } from "../../src/sqlite.ts";
import { fake, machine } from "./fake-step.ts";
import { NUMBER, SECRET } from "./webhooks.ts";

const [path = "", apiUrl = ""] = process.argv.slice(2);
const bot = createBotWith(
  {
    machine,
    actions: { pay: () => "paid", charge: () => "charged" },
    store: sqliteStore(path),
    phoneNumberId: NUMBER,
    token: "token",
    appSecrets: [SECRET],
    verifyToken: "verify",
    apiUrl,
  },
  fake,
);
const server = await serve(bot, { port: 0 });
process.stdout.write(`${server.port}\n`);
