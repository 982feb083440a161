import { envelope, PAYLOADS, read } from "../generated/validators.ts";
import { isObject } from "../json.ts";
import { limit } from "../limits.ts";
import type { MessageRequest } from "../messages.ts";
import { findBroken } from "../rules/index.ts";
import { limitOf, type Schema, type Schemas } from "../schema/build.ts";
import { definitions } from "../schema/index.ts";
import type { MessageKind, SchemaError, ValidateFunction } from "../schema/types.ts";
import { pointer, visitSchemas } from "../schema/visit.ts";
import { codePoints, utf16 } from "../text.ts";
import { INVALID_PARAMETER, INVALID_VALUE } from "./codes.ts";
import { explain, parameterName } from "./explain.ts";
import type { ValidationOptions, ValidationResult, Violation } from "./types.ts";

type Body = Readonly<Record<string, unknown>>;

function errorsOf(validate: ValidateFunction, value: unknown, instancePath: string): readonly SchemaError[] {
  return validate(value, { instancePath }) ? [] : (validate.errors ?? []);
}

/** Explains errors with the schemas at hand; they are built here only, valid bodies never need them. */
function explained(errors: readonly SchemaError[], name: string, value: unknown, path: string): readonly Violation[] {
  if (errors.length === 0) return [];
  const all: Schemas = definitions();
  return explain(errors, { definitions: all, schema: all[name] ?? {}, value, path });
}

function failed(violations: readonly Violation[]): ValidationResult | undefined {
  const [first, ...rest] = violations;
  return first && { ok: false, errors: [first, ...rest] };
}

function isMessageType(type: string): boolean {
  return type === "interactive" || (PAYLOADS.has(type) && !type.includes("."));
}

function kindOf(body: Body): string {
  const type = String(body["type"]);
  const payload = body[type];
  return type === "interactive" && isObject(payload) ? `interactive.${String(payload["type"])}` : type;
}

function isMessageKind(kind: string): kind is MessageKind {
  return PAYLOADS.has(kind);
}

function missing(path: string): Violation {
  const details = `The parameter ${parameterName(path)} is required.`;
  return { path, rule: "required", code: INVALID_PARAMETER, details };
}

/** What is wrong with the payload before its kind is known. */
function kindless(type: string, payload: unknown): Violation {
  const path = pointer("", type);
  if (!isObject(payload)) {
    return { path, rule: "type", code: INVALID_PARAMETER, details: `Param ${type} must be an object.` };
  }
  const at = pointer(path, "type");
  if (payload["type"] === undefined) return missing(at);
  const words = [...PAYLOADS.keys()].flatMap((kind) => (kind.startsWith("interactive.") ? kind.slice(12) : []));
  const details = `Param ${parameterName(at)} must be one of {${words.join(", ")}}.`;
  return { path: at, rule: "enum", code: INVALID_PARAMETER, details };
}

function payloadViolations(body: Body, type: string, kind: string): readonly Violation[] {
  const payload = body[type];
  if (payload === undefined) return [missing(pointer("", type))];
  const validate = PAYLOADS.get(kind);
  if (!validate) return [kindless(type, payload)];
  const path = pointer("", type);
  return explained(errorsOf(validate, payload, path), kind, payload, path);
}

/** Payloads of other types than the message's: the envelope's schema knows their names, this kind does not take them. */
function strayPayloads(body: Body, type: string): readonly Violation[] {
  return Object.keys(body).flatMap((key) =>
    key !== type && isMessageType(key)
      ? [
          {
            path: pointer("", key),
            rule: "unknown-property",
            code: INVALID_PARAMETER,
            details: `Unexpected key "${key}": the type is ${type}.`,
          },
        ]
      : [],
  );
}

function schemaViolations(body: Body, kind: string): readonly Violation[] {
  const ofEnvelope = explained(errorsOf(envelope, body, ""), "envelope", body, "");
  const type = body["type"];
  if (typeof type !== "string" || !isMessageType(type)) return ofEnvelope;
  return [...ofEnvelope, ...strayPayloads(body, type), ...payloadViolations(body, type, kind)];
}

function validateRead(body: Body): ValidationResult {
  return failed(explained(errorsOf(read, body, ""), "read", body, "")) ?? { ok: true, kind: "read" };
}

/**
 * Whether `body` is a request that `POST /<phone number id>/messages` takes; if not, all that is wrong by the schemas, or
 * if these pass, by the rules. The first error is the one to answer with. Window, rates and existence of what the message
 * refers to are not looked at.
 */
export function validateRequest(body: unknown, options: ValidationOptions = {}): ValidationResult {
  if (!isObject(body)) {
    const details = "The body must be a JSON object.";
    return { ok: false, errors: [{ path: "", rule: "type", code: INVALID_PARAMETER, details }] };
  }
  if (body["status"] !== undefined) return validateRead(body);
  const kind = kindOf(body);
  const refused = failed(schemaViolations(body, kind));
  if (refused) return refused;
  if (!isMessageKind(kind)) throw new Error(`validated a message of the unknown kind ${kind}`);
  // The schemas passed it.
  const request = body as unknown as MessageRequest;
  const broken = findBroken(request, kind, body[request.type], "error", options);
  return failed(broken.map((finding) => ({ ...finding, code: finding.code ?? INVALID_VALUE }))) ?? { ok: true, kind };
}

/** As `validateRequest`, for a message without its envelope; paths start at the message. */
export function validateMessage(message: unknown, options: ValidationOptions = {}): ValidationResult {
  if (!isObject(message)) return validateRequest(message, options);
  return validateRequest({ messaging_product: "whatsapp", to: "10000000000", ...message }, options);
}

/** Something that may be sent, but may be refused or shown otherwise than meant. */
export type Warning = Omit<Violation, "code">;

function limitWarning(schema: Schema, value: unknown, path: string): Warning | undefined {
  const key = limitOf(schema);
  if (key === undefined) return undefined;
  const { max, warnAbove, what } = limit(key);
  const size = typeof value === "string" ? codePoints(value) : Array.isArray(value) ? value.length : 0;
  if (warnAbove !== undefined && size > warnAbove) {
    return {
      path,
      rule: "sources-disagree",
      details: `${what}: ${size} is over ${warnAbove}, above which sources disagree.`,
    };
  }
  if (typeof value === "string" && max !== undefined && utf16(value) > max) {
    return { path, rule: "utf16-length", details: `${what}: ${utf16(value)} UTF-16 units are over ${max}.` };
  }
  return undefined;
}

/** Warnings for a body that `validateRequest` passes; none for others. Slower than validation, meant for build time. */
export function requestWarnings(body: unknown): readonly Warning[] {
  const result = validateRequest(body);
  if (!result.ok || result.kind === "read") return [];
  const request = body as MessageRequest;
  const warnings: Warning[] = [];
  const all = definitions();
  visitSchemas(all, all[`request.${result.kind}`] ?? {}, body, "", (schema, value, path) => {
    const warning = limitWarning(schema, value, path);
    if (warning) warnings.push(warning);
  });
  const payload: unknown = Reflect.get(request, request.type);
  return [...warnings, ...findBroken(request, result.kind, payload, "warning", {})];
}
