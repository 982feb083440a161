import { describe, expect, test } from "vitest";
import { ArgumentError, UploadError } from "../src/errors.ts";
import type { MediaSource } from "../src/types.ts";
import { virtualClock } from "./support/clock.ts";
import { fakeApi } from "./support/fake-api.ts";
import { type Rig, rig } from "./support/rig.ts";
import { ANA, NUMBER } from "./support/webhooks.ts";

const DAY = 86_400_000;
const JPEG = { bytes: new Uint8Array([1, 2, 3]), mimeType: "image/jpeg", filename: "oven.jpg" };
const LINK = "https://pizza.example/oven.jpg";
const PHOTO = { type: "image", image: { link: LINK, caption: "Our oven" } } as const;

interface Upload {
  readonly url: string;
  readonly type: unknown;
  readonly size: number;
  readonly name: string;
}

/** A Cloud API that takes uploads as well; `answers` go first. */
function uploading(media?: MediaSource, answers: (() => Response | Promise<Response>)[] = []) {
  const [api, clock] = [fakeApi(), virtualClock()];
  const uploads: Upload[] = [];
  const fetchIt: typeof fetch = async (input, init) => {
    const { body } = init ?? {};
    if (!(body instanceof FormData)) return api.fetch(input, init);
    const file = body.get("file") as File;
    uploads.push({ url: input as string, type: body.get("type"), size: file.size, name: file.name });
    const answer = answers.shift();
    return answer ? answer() : new Response(JSON.stringify({ id: `media${uploads.length}` }));
  };
  const r: Rig = rig({ api, clock, more: { fetch: fetchIt, ...(media ? { media } : {}) } });
  return { r, api, uploads };
}

function images({ api }: ReturnType<typeof uploading>): readonly unknown[] {
  return api.requests.flatMap((request) => (request.type === "image" ? [request.image] : []));
}

describe("`upload`", () => {
  test("gives the id that WhatsApp gave", async () => {
    const { r, uploads } = uploading();
    expect(await r.bot.upload(JPEG)).toBe("media1");
    const url = `https://graph.facebook.com/v23.0/${NUMBER}/media`;
    expect(uploads).toEqual([{ url, type: "image/jpeg", size: 3, name: "oven.jpg" }]);
  });

  test("refuses what WhatsApp does not take before it asks, and says when it was refused there", async () => {
    const refused = () => new Response(JSON.stringify({ error: { code: 131_053 } }), { status: 400 });
    const broken = () => Promise.reject(new TypeError("fetch failed"));
    const { r, uploads } = uploading(undefined, [refused, broken]);
    await expect(r.bot.upload({ ...JPEG, mimeType: "image/heic" })).rejects.toThrow(ArgumentError);
    await expect(r.bot.upload({ ...JPEG, bytes: new Uint8Array(6 * 1024 * 1024) })).rejects.toThrow(ArgumentError);
    expect(uploads.length).toBe(0);
    await expect(r.bot.upload(JPEG)).rejects.toMatchObject({ code: 131_053 });
    await expect(r.bot.upload(JPEG)).rejects.toThrow(UploadError);
  });
});

describe("a link that is a file of the host", () => {
  const source: MediaSource = (link) => (link === LINK ? JPEG : null);

  test("is uploaded once and sent by its id; other links stay", async () => {
    const its = uploading(source);
    const { r, uploads } = its;
    await r.says("hi");
    await r.bot.send(ANA, PHOTO);
    await r.bot.send(ANA, PHOTO);
    await r.bot.send(ANA, { type: "image", image: { link: "https://other.example/x.jpg" } });
    await r.settle();
    expect(uploads.length).toBe(1);
    const sent = { id: "media1", caption: "Our oven" };
    expect(images(its)).toEqual([sent, sent, { link: "https://other.example/x.jpg" }]);
  });

  test("is uploaded anew when its id may have expired, and when WhatsApp says that it does not know it", async () => {
    const its = uploading(source);
    const { r, api, uploads } = its;
    await r.says("hi");
    await r.bot.send(ANA, PHOTO);
    await r.settle();
    api.script.push({ do: "error", code: 131_009, http: 400 });
    await r.bot.send(ANA, PHOTO);
    await r.settle();
    await r.advance(5_000);
    expect(images(its).map((image) => (image as { id: string }).id)).toEqual(["media1", "media1", "media2"]);
    r.clock.advance(29 * DAY);
    await r.says("back");
    await r.bot.send(ANA, PHOTO);
    await r.settle();
    expect(uploads.length).toBe(3);
  });

  test("a fresh id that is refused fails the message, a file that cannot be read or uploaded now is tried again", async () => {
    const refusing = uploading(source);
    await refusing.r.says("hi");
    refusing.api.script.push({ do: "error", code: 131_009, http: 400 });
    await refusing.r.bot.send(ANA, PHOTO, { id: "x" });
    await refusing.r.settle();
    expect(refusing.r.events.at(-1)).toMatchObject({ kind: "send-failed", of: "host/x", code: 131_009, final: true });

    let reads = 0;
    const failing = uploading(() => {
      reads += 1;
      if (reads === 1) throw new Error("the disk is away");
      return JPEG;
    }, [() => Promise.reject(new TypeError("fetch failed"))]);
    await failing.r.says("hi");
    await failing.r.bot.send(ANA, PHOTO);
    await failing.r.settle();
    for (let n = 0; n < 4; n++) await failing.r.advance(5_000);
    expect([reads, images(failing).length]).toEqual([3, 1]);
  });

  test("a file that WhatsApp does not take is a failure of the message", async () => {
    const { r } = uploading(() => ({ ...JPEG, mimeType: "image/heic" }));
    await r.says("hi");
    await r.bot.send(ANA, PHOTO, { id: "x" });
    await r.settle();
    expect(r.events.at(-1)).toMatchObject({ kind: "send-failed", of: "host/x", code: 131_053, final: true });
  });

  test("is found in headers, cards and parameters of templates", async () => {
    const its = uploading(source);
    const { r, api } = its;
    const header = { type: "header", parameters: [{ type: "image", image: { link: LINK } }] } as const;
    await r.bot.send(ANA, {
      type: "template",
      template: { name: "t", language: { code: "en" }, components: [header] },
    });
    await r.settle();
    expect(JSON.stringify(api.requests)).toContain('"image":{"id":"media1"}');
    expect(JSON.stringify(api.requests)).not.toContain(LINK);
  });
});
