/** The control API, `/_emulator/…`: a thin layer over the emulator's own interface. Documented in `docs/emulator.md`. */
import { json } from "../api/answer.ts";
import type { Context } from "../context.ts";
import { type Emulator, PhoneError } from "../types.ts";
import { ControlError, readBody } from "./read.ts";
import type { Route } from "./route.ts";
import { ROUTES } from "./routes.ts";
import { check } from "./schema.ts";
import { SCHEMAS } from "./schemas.ts";

/** As it stands where it is no percent-encoded text: then it names nothing that is there. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function partsOf(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "");
}

/** What stands for the `{…}` of a route's path; undefined where the path is another. */
function matched(route: Route, parts: readonly string[]): Readonly<Record<string, string>> | undefined {
  const wanted = partsOf(route.path);
  if (wanted.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, want] of wanted.entries()) {
    const part = parts[i] ?? "";
    if (want.startsWith("{")) params[want.slice(1, -1)] = decoded(part);
    else if (want !== part) return undefined;
  }
  return params;
}

function queryOf(route: Route, given: URLSearchParams): Readonly<Record<string, number>> {
  const names = Object.keys(route.query ?? {});
  return Object.fromEntries(
    names.map((name) => {
      const value = Number(given.get(name) ?? "0");
      if (!Number.isFinite(value) || value < 0) throw new ControlError(400, `"${name}" must be a number`);
      return [name, value];
    }),
  );
}

function refusal(error: unknown): Response {
  if (error instanceof ControlError) return json({ status: error.status, body: { error: { message: error.message } } });
  if (error instanceof PhoneError) return json({ status: 400, body: { error: { message: error.message } } });
  throw error;
}

export async function handleControl(ctx: Context, emulator: Emulator, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const parts = partsOf(url.pathname).slice(1);
  for (const route of ROUTES) {
    const params = route.method === request.method ? matched(route, parts) : undefined;
    if (!params) continue;
    try {
      const body = request.method === "GET" ? {} : await readBody(request);
      if (route.body) check(SCHEMAS, route.body, body);
      const query = queryOf(route, url.searchParams);
      return json({ status: 200, body: await route.handle({ ctx, emulator, params, query, body }) });
    } catch (error) {
      return refusal(error);
    }
  }
  return json({ status: 404, body: { error: { message: `no ${request.method} ${url.pathname}` } } });
}
