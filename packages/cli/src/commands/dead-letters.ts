/** What a running bot could not step: listed, and taken up again after a repair. Goes through the bot's operator port. */
import { EXIT, UsageError } from "../exit.ts";
import { plural } from "../formats/plural.ts";
import type { Options, Run } from "./command.ts";

const USUAL = "http://127.0.0.1:9464";

interface Letter {
  readonly id: string;
  readonly kind: string;
  readonly reason: string;
  readonly at: number;
  readonly event: string | null;
}

interface Admin {
  readonly url: string;
  readonly token: string;
}

function adminOf(options: Options, env: NodeJS.ProcessEnv): Admin {
  const url = (options.admin ?? env["PARLEY_ADMIN_URL"] ?? USUAL).replace(/\/+$/, "");
  const token = env["PARLEY_ADMIN_TOKEN"]?.trim() ?? "";
  if (!/^https?:\/\/[^/]+$/.test(url)) throw new UsageError(`--admin takes an address like ${USUAL}, not ${url}`);
  if (token === "") throw new UsageError("PARLEY_ADMIN_TOKEN is not set; the bot has to be started with the same one");
  return { url, token };
}

async function call({ url, token }: Admin, method: string, path: string): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${url}${path}`, { method, headers }).catch(() => {
    throw new UsageError(`no bot answers at ${url}; it has to run with --admin-port`);
  });
  if (response.status === 403) throw new UsageError("the bot does not accept this PARLEY_ADMIN_TOKEN");
  if (!response.ok && response.status !== 404) throw new UsageError(`${url} answers ${response.status}`);
  return response;
}

async function lettersOf(admin: Admin): Promise<readonly Letter[]> {
  const response = await call(admin, "GET", "/dead-letters?limit=1000");
  if (!response.ok) throw new UsageError(`${admin.url} is no operator port of a bot`);
  return (await response.json()) as readonly Letter[];
}

async function list(admin: Admin): Promise<number> {
  const letters = await lettersOf(admin);
  for (const { id, kind, reason, at, event } of letters)
    process.stdout.write(`${id}  ${new Date(at).toISOString()}  ${kind}  ${event ?? "-"}  ${reason}\n`);
  process.stdout.write(`${plural(letters.length, "dead letter")}\n`);
  return letters.length === 0 ? EXIT.clean : EXIT.findings;
}

async function redriveOne(admin: Admin, id: string): Promise<boolean> {
  if (!/^[0-9a-f]{1,64}$/.test(id)) throw new UsageError(`${id} is no id of a dead letter`);
  const response = await call(admin, "POST", `/dead-letters/${id}/redrive`);
  const said = (await response.json()) as { readonly stepped?: boolean; readonly error?: string };
  const stepped = response.ok && said.stepped === true;
  process.stdout.write(`${id}  ${stepped ? "stepped" : (said.error ?? "failed again")}\n`);
  return stepped;
}

async function redrive(admin: Admin, ids: readonly string[], all: boolean): Promise<number> {
  if (all === ids.length > 0) throw new UsageError("redrive takes ids, or --all");
  const wanted = all ? (await lettersOf(admin)).filter(({ event }) => event !== null).map(({ id }) => id) : ids;
  let failed = 0;
  for (const id of wanted) if (!(await redriveOne(admin, id))) failed += 1;
  return failed === 0 ? EXIT.clean : EXIT.findings;
}

export const deadLetters: Run = async ([what = "", ...ids], options) => {
  if (what !== "list" && what !== "redrive")
    throw new UsageError(`there is no parley dead-letters ${what}; there are list and redrive`);
  const admin = adminOf(options, process.env);
  if (what === "redrive") return redrive(admin, ids, options.all === true);
  if (ids.length > 0 || options.all) throw new UsageError("list takes no ids");
  return list(admin);
};
