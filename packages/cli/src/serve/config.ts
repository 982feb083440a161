/** What the environment says: how to reach WhatsApp, and the names that the bot reads. */
import { UsageError } from "../exit.ts";

export interface Account {
  readonly token: string;
  /** The current one first; while it is rotated, the one before. */
  readonly appSecrets: readonly string[];
  readonly verifyToken: string;
  readonly phoneNumberId: string;
  /** Address of the Cloud API, where it is not WhatsApp's own. */
  readonly apiUrl?: string;
}

const NAMES = {
  PARLEY_TOKEN: "access token of the Cloud API",
  PARLEY_APP_SECRET: "secret of the Meta app, which signs webhooks",
  PARLEY_VERIFY_TOKEN: "your own word, also given to Meta's webhook settings",
  PARLEY_PHONE_NUMBER_ID: "id of the business phone number",
} as const;

export function accountFrom(env: NodeJS.ProcessEnv): Account {
  const missing = Object.entries(NAMES).filter(([name]) => !env[name]?.trim());
  if (missing.length > 0) {
    const list = missing.map(([name, what]) => `\n  ${name.padEnd(24)} ${what}`).join("");
    throw new UsageError(
      `these environment variables are missing:${list}\nwithout an account: parley serve --emulator`,
    );
  }
  const {
    PARLEY_TOKEN = "",
    PARLEY_APP_SECRET = "",
    PARLEY_VERIFY_TOKEN = "",
    PARLEY_PHONE_NUMBER_ID = "",
    PARLEY_API_URL,
  } = env;
  return {
    token: PARLEY_TOKEN.trim(),
    appSecrets: PARLEY_APP_SECRET.split(",")
      .map((s) => s.trim())
      .filter((s) => s !== ""),
    verifyToken: PARLEY_VERIFY_TOKEN.trim(),
    phoneNumberId: PARLEY_PHONE_NUMBER_ID.trim(),
    ...(PARLEY_API_URL ? { apiUrl: PARLEY_API_URL } : {}),
  };
}

/** The values of `env:` in `parley.yaml`; a missing one stops the bot at its start. */
export function botEnv(names: readonly string[], env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const missing = names.filter((name) => env[name] === undefined);
  if (missing.length > 0)
    throw new UsageError(`the bot reads environment variables that are not set: ${missing.join(", ")}`);
  return Object.fromEntries(names.map((name) => [name, env[name] ?? ""]));
}

/** For tests: names that are not set read as their own name, so that tests run anywhere in the same way. */
export function testEnv(names: readonly string[], env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, env[name] ?? name]));
}
