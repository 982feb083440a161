import { analyse, applyFix, type Finding, findings, sentences } from "@parley/compiler/testing";
import { describe, expect, test } from "vitest";
import type { Settings } from "../../src/project/settings.ts";

const SHOP: Partial<Settings> = { catalog: "1948" };
const IN: Partial<Settings> = { business: { country: "IN", compliance: "filed" }, markets: ["IN"] };

const ITEMS = `type Item = { sku: text(20), name: text(30) }
action few() -> Item[1..30]
action many() -> Item[1..31]
action some() -> Item[..5]
`;

function shop(statements: string, more = ""): string {
  return `${ITEMS}flow f { on message -> s var c: cart ${more} state s { ${statements} -> end } }`;
}

function found(source: string, settings: Partial<Settings>): readonly string[] {
  return sentences(source, settings).filter((line) => !/^P(4|5006|9)/.test(line));
}

/** Codes and places, without what these programs leave unused or waiting. */
function places(source: string, settings: Partial<Settings> = {}): readonly Finding[] {
  return findings(source, settings).filter(([code]) => !/^P(4|5006|9)/.test(code));
}

function firstFix(code: string, source: string, settings: Partial<Settings>): string {
  const fix = analyse(source, settings).diagnostics.find((d) => d.code === code)?.fixes[0];
  if (!fix) throw new Error(`no fix for ${code}`);
  return applyFix(source, fix);
}

/** An ask with products, a time-out and these clauses. */
const products = (clauses: string): string => `ask products "Which?" as c { header "H" ${clauses} after 1h -> end }`;
const letItems = (action: string): string => `let items = ${action}() else -> end`;

describe("P3015", () => {
  test("30 products are allowed, 31 are not, wherever they stand", () => {
    const loop = `for i in items { product i.sku }`;
    expect(found(shop(`${letItems("few")} ${products(loop)}`), SHOP)).toEqual([]);
    const message = "P3015 the message can have 31 products over all its sections, WhatsApp allows 30";
    expect(found(shop(`${letItems("many")} ${products(loop)}`), SHOP)).toEqual([message]);
    expect(
      found(shop(`${letItems("few")} ${products(`section "A" { ${loop} } section "B" { product "x" }`)}`), SHOP),
    ).toEqual([message]);
  });

  test("it stands at what goes over", () => {
    const source = shop(
      `${letItems("few")} send products "P" { header "H" for i in items { product i.sku } product "x" }`,
    );
    expect(places(source, SHOP)).toEqual([["P3015", `product "x"`]]);
  });

  test("10 sections are allowed, 11 are not", () => {
    const sections = (n: number): string =>
      Array.from({ length: n }, (_, i) => `section "S${i}" { product "p${i}" }`).join(" ");
    expect(found(shop(products(sections(10))), SHOP)).toEqual([]);
    expect(places(shop(products(sections(11))), SHOP)).toEqual([["P3015", `"S10"`]]);
  });
});

describe("P3012", () => {
  test("sections of products need titles, and all products stand in one", () => {
    const two = `section "A" { product "a" } section " " { product "b" }`;
    expect(places(shop(products(two)), SHOP)).toEqual([["P3012", `" "`]]);
    const outside = `product "a" section "B" { product "b" }`;
    expect(places(shop(products(outside)), SHOP)).toEqual([["P3012", `product "a"`]]);
  });
});

describe("P3022", () => {
  test("an ask says what happens without products", () => {
    const source = shop(`${letItems("some")} ${products("for i in items { product i.sku }")}`);
    expect(found(source, SHOP)).toEqual([
      "P3022 this ask can be without products (`items` can be empty) and has no `empty`",
    ]);
    expect(found(firstFix("P3022", source, SHOP), SHOP)).toEqual([]);
    const when = shop(products(`section "A" when window.open { product "a" }`));
    expect(found(when, SHOP)).toEqual([
      "P3022 this ask can be without products (each of its sections has a `when`) and has no `empty`",
    ]);
  });

  test("a message may be without products at times, not always", () => {
    const source = shop(`${letItems("some")} send products "P" { header "H" for i in items { product i.sku } }`);
    expect(found(source, SHOP)).toEqual([]);
    expect(found(shop(`send products "P" { header "H" }`), SHOP)).toEqual([
      "P3022 this message is without products (it has none)",
    ]);
  });
});

describe("P3026", () => {
  const card = `card image "https://a.example/a.jpg" { link "See" "https://a.example/" }`;
  const cards = (n: number): string => `send carousel "C" { ${Array.from({ length: n }, () => card).join(" ")} }`;

  test("2 to 10 cards", () => {
    expect(found(shop(cards(2)), {})).toEqual([]);
    expect(found(shop(cards(10)), {})).toEqual([]);
    expect(found(shop(cards(1)), {})).toEqual(["P3026 a carousel has 2 to 10 cards, this one 1"]);
    expect(found(shop(cards(11)), {})).toEqual(["P3026 a carousel has 2 to 10 cards, this one 11"]);
    expect(places(shop(cards(11)))).toEqual([["P3026", "card"]]);
  });

  test.each([
    [
      `card video "https://a.example/a.mp4" { link "See" "https://a.example/" }`,
      "this card shows a video, the first an image",
    ],
    [
      `card image "https://a.example/a.jpg" body "B" { link "See" "https://a.example/" }`,
      "this card has a text, the first none",
    ],
    [`card image "https://a.example/a.jpg" { }`, "a card has one link, this one none"],
    [
      `card image "https://a.example/a.jpg" { link "A" "https://a.example/" link "B" "https://a.example/" }`,
      "a card has one link, this one 2",
    ],
  ])("all cards are made alike: %s", (other, message) => {
    expect(found(shop(`send carousel "C" { ${card} ${other} }`), {})).toEqual([`P3026 ${message}`]);
  });

  test("a card without a text among those with one", () => {
    const first = `card image "https://a.example/a.jpg" body "B" { link "See" "https://a.example/" }`;
    expect(found(shop(`send carousel "C" { ${first} ${card} }`), {})).toEqual([
      "P3026 this card has no text, the first has one",
    ]);
  });

  test("several products need a header that is always there", () => {
    expect(places(shop(`send products "P" { product "a" }`), SHOP)).toEqual([["P3026", "send products"]]);
    const source = shop(`send products "P" { header "H" when window.open product "a" }`);
    expect(places(source, SHOP)).toEqual([["P3026", "window.open"]]);
    expect(found(firstFix("P3026", source, SHOP), SHOP)).toEqual([]);
  });

  test("the catalog needs a picture", () => {
    expect(places(shop(`send catalog "All"`), SHOP)).toEqual([["P3026", "send catalog"]]);
    expect(places(shop(`ask catalog "All" as c { after 1h -> end }`), SHOP)).toEqual([["P3026", "ask catalog"]]);
    expect(found(shop(`ask catalog "All" as c { thumbnail "a" after 1h -> end }`), SHOP)).toEqual([]);
  });

  test("a card has few lines", () => {
    const tall = `card image "https://a.example/a.jpg" body "1\\n2\\n3\\n4" { link "See" "https://a.example/" }`;
    expect(found(shop(`send carousel "C" { ${tall} ${tall} }`), {})).toEqual([
      "P3020 more than 2 line breaks in the text of a card",
      "P3020 more than 2 line breaks in the text of a card",
    ]);
  });
});

describe("P3019", () => {
  const address = `ask address "Where?" country IN { after 1h -> end }`;

  test("a seller in India files compliance data before it shows products", () => {
    const source = shop(`send product "a" ask product "a" body "B" as c { after 1h -> end }`);
    const unfiled: Partial<Settings> = { ...SHOP, business: { country: "IN" } };
    expect(places(source, unfiled)).toEqual([
      ["P3019", "send product"],
      ["P3019", "ask product"],
    ]);
    expect(found(source, { ...SHOP, ...IN })).toEqual([]);
    expect(found(source, { ...SHOP, business: { country: "BR" } })).toEqual([]);
  });

  test("an address message is for businesses and users in India", () => {
    expect(found(shop(address), IN)).toEqual([]);
    expect(found(shop(address), { business: { country: "BR" } })).toEqual([
      "P3019 only a business in India may send this, `business` says BR",
    ]);
    expect(found(shop(address), {})).toEqual([
      "P3019 only a business in India may send this, and `parley.yaml` says of no `business` where it is",
    ]);
    expect(found(shop(address), { ...IN, markets: ["IN", "LK"] })).toEqual([
      "P3019 only users in India can fill this in, `markets` has LK, too",
    ]);
  });

  test("users outside are a warning, all else an error", () => {
    const severities = (settings: Partial<Settings>): readonly string[] =>
      analyse(shop(address), settings)
        .diagnostics.filter((d) => d.code === "P3019")
        .map((d) => d.severity);
    expect(severities({ ...IN, markets: [] })).toEqual(["warning"]);
    expect(severities({ business: { country: "BR" } })).toEqual(["error"]);
  });

  test("another country is corrected", () => {
    const source = shop(`ask address "Where?" country SG { after 1h -> end }`);
    expect(places(source, IN)).toEqual([["P3019", "SG"]]);
    expect(found(firstFix("P3019", source, IN), IN)).toEqual([]);
  });
});

test("a form needs the text that opens it", () => {
  for (const source of [shop(`ask form "1" body "P"`), shop(`ask form "1" body "P" { after 1h -> end }`)]) {
    expect(places(source)).toEqual([["P3011", "ask form"]]);
    expect(places(firstFix("P3011", source, {}))).toEqual([]);
  }
});

test("products need a catalog", () => {
  const source = shop(`send product "a" send carousel "C" { }`);
  expect(found(source, {})).toEqual([
    "P8001 this shows products, and `parley.yaml` names no `catalog`",
    "P3026 a carousel has 2 to 10 cards, this one 0",
  ]);
});

test("an address has the fields of WhatsApp's form", () => {
  const source = (field: string): string =>
    `flow f { on message -> s var a: { name: text(60), ${field}: text(60) } state s { ask address "Where?" country IN as a { after 1h -> end } -> end } }`;
  expect(found(source("city"), IN)).toEqual([]);
  expect(found(source("town"), IN).join()).toContain("P2005 an address has no field `town`");
});

test.each([
  [`send products "P" { header "H" product "a" option x "X" }`, "option", "`send products`"],
  [`send products "P" { header "H" product "a" else "E" }`, "else", "`send products`"],
  [`send products "P" { header "H" section "S" { product "a" option x "X" } }`, "option", "a section"],
  [`ask products "P" as c { header "H" product "a" more "M" after 1h -> end }`, "more", "`ask products`"],
  [`ask list "P" { option x "X" product "a" after 1h -> end }`, "product", "`ask list`"],
  [`ask "P" { option x "X" thumbnail "a" after 1h -> end }`, "thumbnail", "`ask`"],
  [`ask form "1" body "P" { open "O" option x "X" after 1h -> end }`, "option", "`ask form`"],
  [`ask text "P" { open "O" after 1h -> end }`, "open", "`ask text`"],
])("nothing that is written is without effect: %s", (statement, word, where) => {
  expect(found(shop(statement), { ...SHOP, ...IN })).toEqual([
    `P1001 expected a clause of ${where}, found \`${word}\``,
  ]);
});

test.each([
  [`send product "a" body "{t}"`, "P3016"],
  [`send catalog "{t}" thumbnail "a"`, "P3016"],
  [`send products "{t}" { header "H" product "a" }`, "P3016"],
  [`send products "P" { header "{clip(t, 61)}" product "a" }`, "P3016"],
  [`send products "P" { header "H" section "{clip(t, 25)}" { product "a" } }`, "P3016"],
  [`ask catalog "P" as c { thumbnail "a" footer "{clip(t, 61)}" after 1h -> end }`, "P3016"],
  [`ask form "1" body "P" { open "{clip(t, 31)}" after 1h -> end }`, "P3016"],
  [`ask form "1" body "P" { open "${"x".repeat(31)}" after 1h -> end }`, "P3013"],
  [`ask address "P" country IN { header image "https://a.example/a.jpg" after 1h -> end }`, "P3014"],
  [`ask product "a" body "P" as c { header "H" after 1h -> end }`, "P3014"],
  [`ask catalog "P" as c { thumbnail "a" header "H" after 1h -> end }`, "P3014"],
  [`send products "P" { header image "https://a.example/a.jpg" product "a" }`, "P3014"],
  [
    `send carousel "C" { card image "https://a.example/a.jpg" body "{clip(t, 161)}" { link "See" "https://a.example/" } card image "https://a.example/a.jpg" body "B" { link "See" "https://a.example/" } }`,
    "P3016",
  ],
  [
    `send carousel "C" { card image "https://a.example/a.jpg" { link "{clip(t, 21)}" "https://a.example/" } card image "https://a.example/a.jpg" { link "See" "ftp://a.example/" } }`,
    "P3016 P3021",
  ],
  [
    `send carousel "C" { card image "a.jpg" { link "See" "https://a.example/" } card image "https://a.example/a.jpg" { link "See" "https://a.example/" } }`,
    "P3021",
  ],
])("limits hold for every text: %s", (statement, codes) => {
  const source = shop(statement, 'var t: text(2000) = "-"');
  expect(found(source, { ...SHOP, ...IN }).map((line) => line.slice(0, 5))).toEqual(codes.split(" "));
});
