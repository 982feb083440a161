/** Build and import are a round trip: what `build` writes for a message, the flow that is imported from it builds again. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  compile,
  DEFAULT_SETTINGS,
  describe,
  importMessages,
  parseProject,
  parseTemplates,
  type Settings,
  type Source,
  type TemplatesFile,
} from "@parley/compiler";
import { expect, describe as group, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const SHOP = {
  ...DEFAULT_SETTINGS,
  catalog: "194836987003835",
  business: { country: "IN", compliance: "filed" },
} as const;

type Payload = Readonly<Record<string, unknown>>;

interface Project {
  readonly name: string;
  readonly settings: Settings;
  readonly files: readonly Source[];
  readonly templates?: TemplatesFile;
}

function source(path: string): Source {
  return { path, text: readFileSync(join(ROOT, path), "utf8") };
}

function example(file: string): Project {
  const folder = dirname(file);
  const settings = parseProject(source(file), folder).value;
  const files = globSync(`${folder}/**/*.flow`, { cwd: ROOT }).sort().map(source);
  return { name: folder, settings, files };
}

function alone(path: string): Project {
  const listed = path.replace(".flow", ".templates.json");
  const templates = existsSync(join(ROOT, listed)) ? { templates: parseTemplates(source(listed)) } : {};
  return { name: path, settings: SHOP, files: [source(path)], ...templates };
}

/** What the others have not. */
const MORE = `
template hello(n: text(20) = "Ana", id: text(9) = "7", file: url = "https://x.example/a.pdf") {
  category utility
  locales en
  header document file
  body "Hello {n}, there is something for you."
  option yes "Yes"
  option no "No"
  link "See" "https://x.example/{id}"
}
template plain() { category utility locales en body "There is something for you." }
flow more(photo: media, at: { place: location }, friend: card, link: url) {
  state a {
    say "Body \\{not a hole\\} \\"quoted\\"\\n\\ttab {link}"
    say "See" { preview }
    say "See" { reply }
    say "Our page" { header "H" footer "F" link "Open" "https://x.example/{link}" }
    say "Our page" { header image photo link "Open" "https://x.example/" }
    send image "https://x.example/a.jpg" caption "For you"
    send image photo
    send video "https://x.example/a.mp4"
    send audio "https://x.example/a.mp3"
    send document "https://x.example/a.pdf" name "menu.pdf" caption "The menu"
    send sticker "https://x.example/a.webp"
    send location 45.5, -9.19 name "Pizza" address "Via Roma 1"
    send location at.place.latitude, at.place.longitude
    send contact friend
    send template hello("Bo", "8 9", "https://x.example/b.pdf")
    send template plain()
    ask template hello("Bo", "8", "https://x.example/b.pdf") { option no  after 1h -> b }
    -> b
  }
  state b {
    ask location where: "Where?" { after 1h -> end }
    ask buttons "What?" { header video "https://x.example/a.mp4" footer "F" option small "Small" option {"2"} "Two" after 1h -> end }
    -> end
  }
}
flow start { on message -> s  state s { handoff "people" } }`;

const PROJECTS: readonly Project[] = [
  ...globSync("examples/*/parley.yaml", { cwd: ROOT }).sort().map(example),
  ...globSync("packages/simulator/test/language/*.flow", { cwd: ROOT }).sort().map(alone),
  { name: "what the others have not", settings: SHOP, files: [{ path: "more.flow", text: MORE }] },
];

/** Fixtures of other tests may need settings that are theirs. */
const BUILT = PROJECTS.filter((project) => payloadsOf(project).length > 0);

/** The payloads of a project in its default language, by path. */
function payloadsOf({ settings, files, templates }: Project): readonly (readonly [string, Payload])[] {
  const { output } = compile({ settings, files, ...(templates ? { templates } : {}) });
  const end = `.${settings.locales.default}.json`;
  return [...(output?.files ?? [])]
    .filter(([path]) => path.startsWith("payloads/") && path.endsWith(end))
    .map(([path, text]) => [path, JSON.parse(text) as Payload]);
}

/** Ids that the imported flow cannot share: a form's token names the ask that it came from. */
function withoutIds(payload: unknown): unknown {
  return JSON.parse(JSON.stringify(payload), (key, value: unknown) => (key === "flow_token" ? "" : value));
}

function again(payload: Payload, { settings, templates }: Project) {
  const { text, refused } = importMessages(payload);
  const languages = JSON.stringify(payload).match(/"language":\{"code":"(\w+)"/)?.[1];
  const locale = languages ?? settings.locales.default;
  const alone: Settings = {
    ...settings,
    lone: true,
    locales: { ...settings.locales, default: locale, others: [] },
  };
  const files = [{ path: "imported.flow", text }];
  const compilation = compile({ settings: alone, files, ...(templates ? { templates } : {}) });
  const errors = compilation.diagnostics.filter((d) => d.severity === "error").map((d) => `${d.code} ${describe(d)}`);
  const built = payloadsOf({ name: "", settings: alone, files, ...(templates ? { templates } : {}) });
  return { text, refused, errors, built: built.map(([, one]) => one) };
}

/** Values that only a program has: an action, a place, an instant. */
const ONLY_A_PROGRAM =
  /is no place|is a variable in the language|is not known here|part of the kind `limited_time_offer`/;

const KINDS = new Set<string>();

group.each(BUILT)("$name", (project) => {
  const payloads = payloadsOf(project);

  test.each(payloads)("%s", (_, payload) => {
    const { text, refused, errors, built } = again(payload, project);
    const known = refused.filter(({ reason }) => ONLY_A_PROGRAM.test(reason));
    if (known.length > 0) return;
    expect(refused).toEqual([]);
    expect([text, errors]).toEqual([text, []]);
    // The state's first message; an `else` of ours is sent by no state.
    expect(withoutIds(built)).toContainEqual(withoutIds(payload));
    const interactive = payload["interactive"] as { readonly type?: string } | undefined;
    KINDS.add(interactive?.type ?? String(payload["type"]));
  });
});

test("the examples are among them", () => {
  const names = PROJECTS.filter(({ name }) => name.startsWith("examples/"));
  expect(names.length).toBeGreaterThan(2);
  expect(names.filter((project) => !BUILT.includes(project)).map(({ name }) => name)).toEqual([]);
});

test("every kind of payload that a bot can send is among them", () => {
  expect([...KINDS].sort()).toEqual([
    "address_message",
    "audio",
    "button",
    "carousel",
    "catalog_message",
    "contacts",
    "cta_url",
    "document",
    "flow",
    "image",
    "list",
    "location",
    "location_request_message",
    "product",
    "product_list",
    "sticker",
    "template",
    "text",
    "video",
  ]);
});
