import { LIMITS, type MediaKind, mediaProblem } from "@parley/whatsapp";
import { describe, expect, test } from "vitest";

describe("a file is taken up to its kind's size", () => {
  test.each<[MediaKind, string, number]>([
    ["image", "image/png", LIMITS.imageSize.max],
    ["video", "video/mp4", LIMITS.videoSize.max],
    ["audio", "audio/ogg; codecs=opus", LIMITS.audioSize.max],
    ["document", "application/pdf", LIMITS.documentSize.max],
    ["sticker", "image/webp", LIMITS.stickerSize.max],
  ])("%s", (kind, mimeType, bytes) => {
    expect(mediaProblem(kind, { mimeType, bytes })).toBeUndefined();
    expect(mediaProblem(kind, { mimeType, bytes: bytes + 1 })).toContain(String(bytes));
    expect(mediaProblem(kind, { mimeType: "application/zip", bytes })).toContain("Allowed types");
  });
});

test("an animated sticker may be larger", () => {
  const file = { mimeType: "image/webp", bytes: LIMITS.animatedStickerSize.max };
  expect(mediaProblem("sticker", { ...file, animated: true })).toBeUndefined();
  expect(mediaProblem("sticker", file)).toBeDefined();
});
