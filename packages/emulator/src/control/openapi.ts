/** The description of the control API, from its table. */
import type { Route } from "./route.ts";
import { ref, type Schema } from "./schema.ts";
import { SCHEMAS } from "./schemas.ts";

/** Parts of a path that stand for something: `{contact}`. */
export function paramsOf(path: string): readonly string[] {
  return Array.from(path.matchAll(/\{([a-z]+)\}/g), ([, name = ""]) => name);
}

function json(schema: Schema): object {
  return { "application/json": { schema } };
}

const error = (description: string): object => ({ description, content: json(ref("Error")) });

function parameters({ path, query = {} }: Route): readonly object[] {
  const inPath = paramsOf(path).map((name) => ({ name, in: "path", required: true, schema: { type: "string" } }));
  const inQuery = Object.entries(query).map(([name, description]) => ({
    name,
    in: "query",
    description,
    schema: { type: "integer", minimum: 0 },
  }));
  return [...inPath, ...inQuery];
}

function operation(route: Route): object {
  const { id, summary, body, answer } = route;
  const given = parameters(route);
  return {
    operationId: id,
    summary,
    ...(given.length > 0 ? { parameters: given } : {}),
    ...(body ? { requestBody: { required: true, content: json(body) } } : {}),
    responses: {
      "200": { description: "Done", content: json(answer) },
      "400": error("The request is not understood, or a phone cannot do this"),
      "404": error("There is no such contact, template or path"),
      "409": error("Not possible as things are"),
    },
  };
}

export function describe(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = `/_emulator${route.path}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "WhatsApp emulator, control API",
      version: "1",
      description: "Drives phones, clock, faults, templates and webhook of an emulated WhatsApp Cloud API.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    paths,
    components: { schemas: SCHEMAS },
  };
}
