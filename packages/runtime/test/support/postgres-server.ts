/**
 * A bot on PostgreSQL in a process of its own, to be killed: `postgres-server.ts <postgres://…> <API address> <schema>
 * [<messages a second>]`; prints its port. The others take it for dead after a second.
 */
import { createBotWith } from "../../src/bot.ts";
import { serve } from "../../src/node.ts";
import { postgresStore } from "../../src/postgres.ts";
import { fake, machine } from "./fake-step.ts";
import { NUMBER, SECRET } from "./webhooks.ts";

const [url = "", apiUrl = "", schema = "", perSecond = "80"] = process.argv.slice(2);
const bot = createBotWith(
  {
    machine,
    actions: { pay: () => "paid", charge: () => "charged" },
    store: postgresStore(url, { schema, leaseMs: 1_000, pollMs: 100 }),
    sending: { settleMs: 1_500, perSecond: Number(perSecond) },
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
