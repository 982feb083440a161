import { existsSync, readFileSync } from "node:fs";
import { decodeWebhook, validateRequest, validateWebhook } from "@parley/whatsapp";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

/** Meta's own description of the API (facebook/openapi), beside the repository where it is at hand. */
const SPEC = new URL("../../../../shared/reference/business-messaging-api_v23.0.yaml", import.meta.url);
const spec: unknown = existsSync(SPEC) ? parse(readFileSync(SPEC, "utf8"), { maxAliasCount: -1 }) : undefined;

function examplesOf(path: string): readonly [string, unknown][] {
  const keys = ["paths", path, "post", "requestBody", "content", "application/json", "examples"];
  const at = keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], spec);
  return Object.entries((at ?? {}) as Record<string, { value: unknown }>).map(([name, { value }]) => [name, value]);
}

const requests = examplesOf("/{Version}/{Phone-Number-ID}/messages");
const webhooks = examplesOf("/whatsapp/webhooks");

/** The placeholders that stand where the API takes a number, an address or a word of its own. */
function filled(value: unknown): unknown {
  const text = JSON.stringify(value)
    .replace(/\{\{Recipient(?:-WA)?-Phone-Number\}\}/g, "+34600000001")
    .replace(/<?http\(s\):\/\/([a-z-]+)>?/g, "https://example.org/$1")
    .replaceAll("<HEADER_TYPE>", "text");
  return JSON.parse(text) as unknown;
}

/** Examples that the API itself does not take, with where and why. */
const WRONG: Readonly<Record<string, { readonly path: string; readonly reason: string }>> = {
  "Send Text Message with Preview URL": {
    path: "/type",
    reason: "has no type, which every schema of the file requires",
  },
  "Send Reply to List Message": { path: "/type", reason: "has no type, which every schema of the file requires" },
  "Send Order Status Message": {
    path: "/interactive/action/parameters/reference_id",
    reason: "its placeholder has 42 characters, a reference at most 35",
  },
  "Send Sample Issue Resolution Template": {
    path: "/template/components/1/parameters/0/type",
    reason: "gives quick replies a text that is true or false, where a payload belongs",
  },
};

describe.skipIf(!spec)(
  `examples of Meta's OpenAPI file${spec ? "" : " (skipped: the file is not beside this repository)"}`,
  () => {
    test("are all there", () => {
      expect(requests).toHaveLength(50);
      expect(webhooks).toHaveLength(16);
      expect(Object.keys(WRONG).filter((name) => !requests.some(([known]) => known === name))).toEqual([]);
    });

    test.each(requests.filter(([name]) => !(name in WRONG)))("request: %s", (_, value) => {
      expect(validateRequest(filled(value))).toMatchObject({ ok: true });
    });

    test.each(
      requests.flatMap(([name, value]) => {
        const wrong = WRONG[name];
        return wrong ? [[name, wrong.reason, wrong.path, value] as const] : [];
      }),
    )("wrong request: %s, it %s", (_name, _reason, path, value) => {
      const result = validateRequest(filled(value));
      expect(result.ok ? undefined : result.errors[0].path).toBe(path);
    });

    test.each(webhooks)("webhook: %s", (_, value) => {
      expect(validateWebhook(value)).toEqual([]);
      const [item, ...more] = decodeWebhook(value);
      expect(more).toEqual([]);
      expect(["message", "other"]).toContain(item?.kind);
      expect(item?.kind === "message" ? item.message.type : item?.kind).not.toBe("unknown");
    });
  },
);
