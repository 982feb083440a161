import { compile, DEFAULT_SETTINGS } from "@parley/compiler";
import { expect, test } from "vitest";
import { type Drawing, drawingOf } from "../src/graph/drawing.ts";
import { svg } from "../src/graph/svg.ts";
import { type Area, layOut } from "../src/graph/svg-layout.ts";

function drawing(text: string): Drawing {
  const { graph, names } = compile({ settings: DEFAULT_SETTINGS, files: [{ path: "a.flow", text }] });
  return drawingOf("bot", graph, [...names.flows.values()]);
}

/** A menu, topics of several steps, and ways back to the menu from everywhere. */
function large(states: number): string {
  const steps = Array.from({ length: states - 1 }, (_, i) => {
    const next = i + 2 === states || i % 9 === 8 ? "end" : `s${i + 1}`;
    return `state s${i} { ask "Step ${i}: what now?" { option next "Next" -> ${next} option back "Back" -> menu } }`;
  });
  const topics = Array.from({ length: 6 }, (_, i) => `option t${i} "Topic ${i}" -> s${i * 9}`).join(" ");
  return `flow f { on message -> menu state menu { ask "Menu" { ${topics} } } ${steps.join("\n")} }`;
}

const apart = (a: Area, b: Area): boolean =>
  Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;

test("sixty states: no box lies on another one, all lie in the picture, and it is no wider than a few screens", () => {
  const laid = layOut(drawing(large(60)));
  expect(laid.boxes).toHaveLength(61);
  for (const [i, a] of laid.boxes.entries()) {
    expect(a.x - a.width / 2).toBeGreaterThanOrEqual(0);
    expect(a.x + a.width / 2).toBeLessThanOrEqual(laid.width);
    expect(a.y + a.height / 2).toBeLessThanOrEqual(laid.height);
    for (const b of laid.boxes.slice(i + 1)) expect(apart(a, b), `${a.box.id} and ${b.box.id}`).toBe(true);
  }
  expect(laid.width).toBeLessThan(4000);
  // Ways to the menu, which nearly all have, are words in the boxes.
  expect(laid.links.filter(({ link }) => link.to === "f.menu" && link.from !== "f")).toEqual([]);
  expect(laid.boxes.flatMap((b) => b.lines).filter(({ text }) => text.startsWith("→ menu")).length).toBe(59);
});

test("it says in words what it shows, and escapes what a file may hold", () => {
  const picture = svg(drawing(`flow f { on message -> s state s { ask "<b> & \\"c\\"" { option a "A" -> end } } }`));
  expect(picture).toContain('role="img" aria-labelledby="title desc"');
  expect(picture).toContain('<desc id="desc">Start of f: to f.s (message). f.s: end.</desc>');
  expect(picture).toContain("ask &#34;&#60;b&#62; &#38; &#34;c&#34;&#34;");
  expect(picture).toContain("@media (prefers-color-scheme: dark)");
  expect(picture).toContain("<title>state s, a.flow:1</title>");
  // Well-formed: each element that is opened is closed.
  const open = picture.match(/<[a-z]+(?:\s[^>]*)?(?<!\/)>/g)?.length ?? 0;
  expect(picture.match(/<\/[a-z]+>/g)?.length).toBe(open);
});

test("a box says its first text where it asks nothing; labels say why a way is taken", () => {
  const laid = layOut(
    drawing(`flow f { on message -> s state s { say "Hello" if reply is none { -> t } -> end } state t { -> end } }`),
  );
  expect(laid.boxes.find((b) => b.box.name === "s")?.lines.map((l) => l.text)).toContain('"Hello"');
  expect(laid.links.map((l) => l.lines)).toContainEqual(["if reply is none"]);
});
