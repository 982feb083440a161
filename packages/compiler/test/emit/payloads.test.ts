import { validateRequest } from "@parley/whatsapp";
import { describe, expect, test } from "vitest";
import { built, payloads, withSamples } from "./built.ts";

const PROGRAM = `
type Size = small "Small" | large "Large"
type Row = { id: text(20), name: text(20), note: text(60) }
action rows() -> Row[..30]
template order_ready(name: text(60) = "Ana", number: text(20) = "17") {
  category utility
  locales en, es
  header "Order {number}"
  body "Hi {name}, your order {number} is ready."
  option thanks "Thanks"
  option where "Where?"
}
flow f(photo: media? = none) {
  on message -> texts
  var size: Size = Size.small
  var name: text(40) = "friend"
  var count: 1..20 = 1
  var place: location
  var friend: card?

  state texts {
    say "Hello {name}, {count} × {size}"
    say greeting: "See https://pizza.example" { preview reply }
    say link: "Our page" { header "Pizza" footer "Since 1950" link "Open" "https://pizza.example/{name}" }
    say picture: "Our menu" { header image "https://pizza.example/menu.jpg" link "Open" "https://pizza.example/" }
    -> media
  }
  state media {
    send image "https://pizza.example/a.jpg" caption "For {name}"
    send video "https://pizza.example/a.mp4"
    send audio "https://pizza.example/a.mp3"
    send document "https://pizza.example/a.pdf" name "menu.pdf" caption "The menu"
    send sticker "https://pizza.example/a.webp"
    send location 45.5, -9.19 name "Pizza" address "Via Roma 1"
    if photo is not none { send image photo }
    if friend is not none { send contact friend }
    send template order_ready(name, "17")
    -> asks
  }
  state asks {
    let all = rows() else -> end
    ask buttons size: "What size?" as size { header "Sizes" footer "Taxes included" else "Tap one." retry 2 -> end after 1h -> end }
    ask auto: "Which?" {
      option a "A title of some words" "With a description" -> end
      option b "B" {} after 1h -> end
    }
    ask list pages: "Which pizza?" {
      open "See pizzas" more "More pizzas"
      section "Today" { for p in all { option {p.id} "{p.name}" "{p.note}" {} } }
      section "Else" { option none "None of these" -> who }
      after 1h -> end
    }
    -> who
  }
  state who {
    ask text who: "Your name?" as name { after 1h -> end }
    ask location spot: "Where are you?" as place { after 1h -> end }
    ask template ready: order_ready(name, "17") { option where -> end after 1d -> end }
  }
}`;

const sent = payloads(PROGRAM);

/** One line a message. */
const lines = Object.entries(sent).map(([id, body]) => `${id} ${JSON.stringify(body)}`);

test("each message has its request", () => {
  expect(lines).toEqual([
    'f.texts~1 {"type":"text","text":{"body":"Hello {name}, {count} × {size}"}}',
    'f.texts.greeting {"context":{"message_id":"MESSAGE_ID"},"type":"text","text":{"preview_url":true,"body":"See https://pizza.example"}}',
    'f.texts.link {"type":"interactive","interactive":{"type":"cta_url","header":{"type":"text","text":"Pizza"},"body":{"text":"Our page"},"footer":{"text":"Since 1950"},"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://pizza.example/{name}"}}}}',
    'f.texts.picture {"type":"interactive","interactive":{"type":"cta_url","header":{"type":"image","image":{"link":"https://pizza.example/menu.jpg"}},"body":{"text":"Our menu"},"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://pizza.example/"}}}}',
    'f.media~1 {"type":"image","image":{"link":"https://pizza.example/a.jpg","caption":"For {name}"}}',
    'f.media~2 {"type":"video","video":{"link":"https://pizza.example/a.mp4"}}',
    'f.media~3 {"type":"audio","audio":{"link":"https://pizza.example/a.mp3"}}',
    'f.media~4 {"type":"document","document":{"link":"https://pizza.example/a.pdf","caption":"The menu","filename":"menu.pdf"}}',
    'f.media~5 {"type":"sticker","sticker":{"link":"https://pizza.example/a.webp"}}',
    'f.media~6 {"type":"location","location":{"latitude":45.5,"longitude":-9.19,"name":"Pizza","address":"Via Roma 1"}}',
    'f.media~7 {"type":"image","image":{"link":"{photo}"}}',
    'f.media~8 {"type":"contacts","contacts":[{"name":{"formatted_name":"{friend}"}}]}',
    'f.media~9 {"type":"template","template":{"name":"order_ready","language":{"code":"en"},"components":[{"type":"header","parameters":[{"type":"text","parameter_name":"number","text":"17"}]},{"type":"body","parameters":[{"type":"text","parameter_name":"name","text":"{name}"},{"type":"text","parameter_name":"number","text":"17"}]}]}}',
    'f.asks.size {"type":"interactive","interactive":{"type":"button","header":{"type":"text","text":"Sizes"},"body":{"text":"What size?"},"footer":{"text":"Taxes included"},"action":{"buttons":[{"type":"reply","reply":{"id":"small","title":"Small"}},{"type":"reply","reply":{"id":"large","title":"Large"}}]}}}',
    'f.asks.auto {"type":"interactive","interactive":{"type":"list","body":{"text":"Which?"},"action":{"button":"See options","sections":[{"rows":[{"id":"a","title":"A title of some words","description":"With a description"},{"id":"b","title":"B"}]}]}}}',
    'f.asks.pages {"type":"interactive","interactive":{"type":"list","body":{"text":"Which pizza?"},"action":{"button":"See pizzas","sections":[{"title":"Today","rows":[{"id":"{p.id}","title":"{p.name}","description":"{p.note}"}]},{"title":"Else","rows":[{"id":"none","title":"None of these"},{"id":"+2","title":"More pizzas"}]}]}}}',
    'f.who.who {"type":"text","text":{"body":"Your name?"}}',
    'f.who.spot {"type":"interactive","interactive":{"type":"location_request_message","body":{"text":"Where are you?"},"action":{"name":"send_location"}}}',
    'f.who.ready {"type":"template","template":{"name":"order_ready","language":{"code":"en"},"components":[{"type":"header","parameters":[{"type":"text","parameter_name":"number","text":"17"}]},{"type":"body","parameters":[{"type":"text","parameter_name":"name","text":"{name}"},{"type":"text","parameter_name":"number","text":"17"}]},{"type":"button","sub_type":"quick_reply","index":"1","parameters":[{"type":"payload","payload":"where"}]}]}}',
    'f.asks.size.else {"type":"text","text":{"body":"Tap one."}}',
  ]);
});

describe("with values in their holes WhatsApp takes", () => {
  const requests = [...built(PROGRAM)].filter(([path]) => path.startsWith("payloads/"));
  test.each(requests)("%s", (_, content) => {
    expect(validateRequest(withSamples(JSON.parse(content)))).toMatchObject({ ok: true });
  });
});

test("every page of a list is a file of its own", () => {
  const options = Array.from({ length: 20 }, (_, i) => `option o${i} "Option ${i}" -> end`).join(" ");
  const pages = payloads(`flow f { on message -> a state a { ask "Which?" { ${options} after 1h -> end } } }`);
  expect(Object.keys(pages)).toEqual(["f.a", "f.a+2", "f.a+3"]);
  expect(JSON.stringify(pages["f.a+3"])).not.toContain("More");
});
