/** P3021: files whose link names a type that WhatsApp does not take, wherever a file can stand. */
import { analyse } from "@parley/compiler/testing";
import { expect, test } from "vitest";
import { inState } from "../programs.ts";

const found = (text: string): readonly unknown[] =>
  analyse(text)
    .diagnostics.filter(({ code }) => code === "P3021")
    .map(({ args, span }) => [span.source.text.slice(span.start, span.end), args]);

const link = (file: string): string => `"https://a.example/${file}"`;
const wrong = (file: string, kind: string, extension: string, allowed: string): readonly unknown[] => [
  [link(file), { problem: "extension", found: extension, kind, allowed }],
];
const card = (file: string): string => `card image ${link(file)} { link "See" "https://a.example/" }`;
const ask = (header: string): string => inState(`ask buttons "Q" { header ${header} option a "A" }`);
const template = (header: string): string =>
  `template t() { category utility ${header} body "B" } ${inState("send template t()")}`;
const IMAGES = ".jpg, .jpeg or .png";

test.each<readonly [where: string, text: string, found: readonly unknown[]]>([
  ["an image", inState(`send image ${link("a.pdf")}`), wrong("a.pdf", "image", "pdf", IMAGES)],
  ["a video", inState(`send video ${link("a.png")}`), wrong("a.png", "video", "png", ".mp4 or .3gp")],
  ["a sticker", inState(`send sticker ${link("a.png")}`), wrong("a.png", "sticker", "png", ".webp")],
  ["the header of an ask", ask(`image ${link("a.webp")}`), wrong("a.webp", "image", "webp", IMAGES)],
  ["the header of a template", template(`header image ${link("a.gif")}`), wrong("a.gif", "image", "gif", IMAGES)],
  [
    "a card",
    inState(`send carousel "C" { ${card("a.jpg")} ${card("a.mp4")} }`),
    wrong("a.mp4", "image", "mp4", IMAGES),
  ],
  ["a link with a query", inState(`send image ${link("a.pdf?b.png")}`), wrong("a.pdf?b.png", "image", "pdf", IMAGES)],
])("%s of another type is told", (_, text, expected) => expect(found(text)).toEqual(expected));

test.each([
  inState(`send image ${link("a.jpeg?b.pdf")}`),
  inState(`send image ${link("a")}`),
  inState(`send document ${link("a.zip")}`),
  inState(`let n = "pdf" send image "https://a.example/a.{n}"`),
  inState(`let n = "a" send image "https://a.example/{n}"`),
  `flow f(file: media) { state s { send image file -> end } }`,
  ask('"a.pdf"'),
  template('header "a.pdf"'),
])("%s says nothing of a wrong type", (text) => expect(found(text)).toEqual([]));
