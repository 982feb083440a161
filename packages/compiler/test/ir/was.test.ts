import { expect, test } from "vitest";
import { lowered } from "./dump.ts";

test("an old name stands in full, with every old name of what it stands in", () => {
  const { was } = lowered(`
    type T = x was y "X" | z
    flow f was g {
      on message -> a
      var t was u: T = T.x
      state a was b {
        wait pause was rest: 1h
        ask q was p: "Q?" { option x was w "X" -> end after 1h -> end }
      }
    }`);
  expect(was).toEqual({
    flow: { g: "f" },
    state: { "f.b": "f.a", "g.a": "f.a", "g.b": "f.a" },
    ask: {
      ...Object.fromEntries(
        ["f.a.p", "f.b.q", "f.b.p", "g.a.q", "g.a.p", "g.b.q", "g.b.p"].map((old) => [old, "f.a.q"]),
      ),
      ...Object.fromEntries(
        ["f.a.rest", "f.b.pause", "f.b.rest", "g.a.pause", "g.a.rest", "g.b.pause", "g.b.rest"].map((old) => [
          old,
          "f.a.pause",
        ]),
      ),
    },
    option: Object.fromEntries(
      ["f.a.q", "f.a.p", "f.b.q", "f.b.p", "g.a.q", "g.a.p", "g.b.q", "g.b.p"]
        .flatMap((ask) => [`${ask}:x`, `${ask}:w`])
        .filter((key) => key !== "f.a.q:x")
        .map((key) => [key, "f.a.q:x"]),
    ),
    var: { "f.u": "f.t", "g.t": "f.t", "g.u": "f.t" },
    case: { "T.y": "T.x" },
  });
});

test("fields of the profile that were renamed stand by name, and nowhere where none was", () => {
  const of = (fields: string): object =>
    lowered(`profile { ${fields} } flow f { on message -> a state a { -> end } }`).was;
  expect(of("name was called, nick: text(60)?")).toMatchObject({ profile: { called: "name", nick: "name" } });
  expect(of("name: text(60)?")).not.toHaveProperty("profile");
});

test("nothing was anything else where no name says so", () => {
  const { was } = lowered(`flow f { on message -> a state a { ask "Q?" { option x "X" -> end after 1h -> end } } }`);
  expect(was).toEqual({ flow: {}, state: {}, ask: {}, option: {}, var: {}, case: {} });
});
