/** How actions that are HTTP requests are made. */
import type { HttpOptions } from "@parley/runtime";
import { guardedFetch } from "@parley/runtime/node";

const THIS_MACHINE = ["localhost", "127.0.0.1", "::1"] as const;

/**
 * Only hosts of the public internet, and those that PARLEY_ALLOW_HOSTS names, with commas between. A bot that talks to the
 * emulator may reach what else runs on this machine: nobody but its author talks to it.
 */
export function requestsOf(env: NodeJS.ProcessEnv, more?: "this machine"): HttpOptions {
  const named = (env["PARLEY_ALLOW_HOSTS"] ?? "").split(",").map((host) => host.trim().toLowerCase());
  const allowPrivate = [...named.filter((host) => host !== ""), ...(more ? THIS_MACHINE : [])];
  return { allowPrivate, fetch: guardedFetch({ allowPrivate }) };
}
