import { expect, test } from "vitest";
import { countryCodes, isCountry, phonesOf } from "../../src/project/countries.ts";

test("the table has the countries that `Intl` has a name for, in order", () => {
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const codes = countryCodes();
  expect(codes).toEqual([...codes].sort());
  expect(codes.filter((code) => names.of(code) === undefined)).toEqual([]);
  // Reserved, of groups of countries, or for tests.
  const others = ["AC", "CP", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "CQ", "ZZ"];
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const named = letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => names.of(code) !== undefined);
  const canonical = named.filter((code) => new Intl.Locale(`und-${code}`).region === code);
  expect(canonical.filter((code) => !isCountry(code) && !others.includes(code))).toEqual([]);
});

test("every row has a calling code, digits before a number if any, and lengths that E.164 allows", () => {
  for (const country of countryCodes()) {
    const { code = "", trunk = "0", lengths = [] } = phonesOf(country) ?? {};
    expect([country, code]).toEqual([country, expect.stringMatching(/^[1-9]\d{0,2}$/)]);
    expect([country, trunk]).toEqual([country, expect.stringMatching(/^\d{1,2}$/)]);
    expect(lengths.length > 0 && lengths.every((n) => Number.isInteger(n) && n >= 3 && n + code.length <= 15)).toBe(
      true,
    );
  }
});

test("countries are as the ITU and their carriers have them", () => {
  expect(phonesOf("IT")).toEqual({ code: "39", lengths: [6, 7, 8, 9, 10] });
  expect(phonesOf("DE")).toMatchObject({ code: "49", trunk: "0" });
  expect(phonesOf("US")).toEqual({ code: "1", trunk: "1", lengths: [10] });
  expect(phonesOf("HU")).toMatchObject({ code: "36", trunk: "06" });
  expect(phonesOf("RU")).toEqual({ code: "7", trunk: "8", lengths: [10] });
  expect([phonesOf("ZZ"), phonesOf("constructor"), phonesOf("")]).toEqual([undefined, undefined, undefined]);
});
