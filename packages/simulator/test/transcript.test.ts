import { createEmulator, createVirtualClock, type Emulator } from "@parley/emulator";
import { describe, expect, test } from "vitest";
import { renderTranscript } from "../src/transcript/render.ts";
import { recordTranscript, type Transcript } from "../src/transcript/transcript.ts";
import { displayWidth, wrap } from "../src/transcript/width.ts";

const START = Date.UTC(2026, 0, 5, 9, 0, 0);
const ANA = "393331234567";

interface Talk {
  readonly emulator: Emulator;
  readonly send: (payload: object) => Promise<string>;
  readonly transcript: () => Transcript;
  readonly note: (text: string) => void;
}

function talk(): Talk {
  const emulator = createEmulator({
    clock: createVirtualClock(START),
    delivery: "manual",
    seed: "x",
    contacts: [{ phone: ANA, name: "Ana" }],
  });
  const recorder = recordTranscript(emulator, ANA);
  const send = async (payload: object): Promise<string> => {
    const response = await emulator.fetch(
      new Request(`https://x.invalid/v23.0/${emulator.phoneNumberId}/messages`, {
        method: "POST",
        headers: { authorization: "Bearer t" },
        body: JSON.stringify({
          messaging_product: "whatsapp",
          ...("status" in payload ? {} : { to: ANA }),
          ...payload,
        }),
      }),
    );
    const body = (await response.json()) as { readonly messages?: readonly { readonly id: string }[] };
    await emulator.settle();
    return body.messages?.[0]?.id ?? "";
  };
  return { emulator, send, transcript: recorder.transcript, note: recorder.note };
}

const LIST = {
  type: "interactive",
  interactive: {
    type: "list",
    header: { type: "text", text: "Today's menu" },
    body: { text: "Which pizza would you like?" },
    footer: { text: "All prices in euro" },
    action: {
      button: "See the pizzas",
      sections: [
        {
          title: "Pizzas",
          rows: [{ id: "mar", title: "Margherita", description: "7.5 · Tomato, mozzarella and a lot of fresh basil" }],
        },
        { title: "Else", rows: [{ id: "back", title: "Back" }] },
      ],
    },
  },
};

const BUTTONS = {
  type: "interactive",
  interactive: {
    type: "button",
    body: { text: "What size?" },
    action: {
      buttons: [
        { type: "reply", reply: { id: "s", title: "Small" } },
        { type: "reply", reply: { id: "l", title: "Large" } },
      ],
    },
  },
};

describe("a transcript for a terminal", () => {
  test("draws the business on the left, the user on the right, buttons, rows, times and ticks", async () => {
    const { emulator, send, transcript, note } = talk();
    const phone = emulator.phone(ANA);
    const { id } = phone.says("hi");
    await send(LIST);
    await send({ type: "reaction", reaction: { message_id: id, emoji: "👍" } });
    await send({ status: "read", message_id: id });
    await emulator.advance(65_000);
    phone.taps("mar");
    note("2h later");
    await send(BUTTONS);
    expect(`\n${renderTranscript(transcript(), { width: 60 })}\n`).toBe(`
                                           ╭───────────────╮
                                           │ hi            │
                                           ╰─ 👍 09:00 ✓✓ ─╯
╭─────────────────────────────────────────╮
│ Today's menu                            │
│ Which pizza would you like?             │
│ All prices in euro                      │
├─────────────────────────────────────────┤
│            ≡ See the pizzas             │
├─────────────────────────────────────────┤
│ Pizzas                                  │
│ ○ Margherita                            │
│   7.5 · Tomato, mozzarella and a lot of │
│   fresh basil                           │
│ Else                                    │
│ ○ Back                                  │
╰───────────────────────────────── 09:00 ─╯
                                            ╭──────────────╮
                                            │ Margherita   │
                                            ╰──── 09:01 ✓ ─╯
                       ── 2h later ──
╭──────────────╮
│ What size?   │
├──────────────┤
│   ↩ Small    │
│   ↩ Large    │
╰────── 09:01 ─╯
`);
  });

  test("no line is wider than asked, whatever the messages say", async () => {
    const { emulator, send, transcript } = talk();
    emulator.phone(ANA).says("Kannst du mir bitte die Öffnungszeiten für den kommenden Donnerstag nennen? 🍕🍕🍕");
    await send(LIST);
    await send({
      type: "text",
      text: { body: `${"x".repeat(200)} 日本語のとても長いテキストがここにあります。本当に長いです。` },
    });
    for (const width of [30, 47, 80, 120]) {
      for (const line of renderTranscript(transcript(), { width }).split("\n")) {
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }
    }
  });

  test("all lines of a bubble end in the same column, wide characters too", async () => {
    const { send, transcript, emulator } = talk();
    emulator.phone(ANA).says("x");
    await send({ type: "text", text: { body: "日本語 🍕 e\u0301 👩‍👩‍👧 ❤️ ok\nplain" } });
    const [, , , ...bot] = renderTranscript(transcript()).split("\n");
    expect(new Set(bot.map(displayWidth)).size).toBe(1);
  });

  test("control characters of a message do not reach the terminal", async () => {
    const { emulator, transcript } = talk();
    emulator.phone(ANA).says("\u001b[31mred\u0007\u009b1m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
    expect(renderTranscript(transcript())).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  test("plain by default; a style dresses each piece and changes no widths", async () => {
    const { emulator, send, transcript } = talk();
    emulator.phone(ANA).says("hi");
    await send(BUTTONS);
    const plain = renderTranscript(transcript());
    const blue = (text: string): string => `<b>${text}</b>`;
    const styled = renderTranscript(transcript(), { style: { button: blue, frame: (text) => `<f>${text}</f>` } });
    expect(styled).toContain("<b>  ↩ Small   </b>");
    expect(styled.replace(/<\/?[bf]>/g, "")).toBe(plain);
  });

  test("a tap on an earlier message quotes it, an answer to the newest does not", async () => {
    const { emulator, send, transcript } = talk();
    const phone = emulator.phone(ANA);
    phone.says("hi");
    const first = await send(BUTTONS);
    await send(LIST);
    phone.taps("s", { of: first });
    phone.taps("back");
    const text = renderTranscript(transcript());
    expect(text.match(/┃ What size\?/g)).toHaveLength(1);
    expect(text).not.toContain("┃ Which pizza");
  });

  test("a message that never arrived is shown with its error", async () => {
    const { emulator, send, transcript } = talk();
    emulator.phone(ANA).says("hi");
    emulator.inject({ kind: "failDelivery" });
    await send(BUTTONS);
    expect(renderTranscript(transcript())).toContain("✗ 131026 Message undeliverable");
  });

  test("is plain JSON that later events do not change", async () => {
    const { emulator, transcript } = talk();
    const { id } = emulator.phone(ANA).says("hi");
    const before = transcript();
    expect(JSON.parse(JSON.stringify(before))).toEqual(before);
    emulator.phone(ANA).reacts("😀", { to: id });
    expect(before.entries[0]).not.toHaveProperty("bubble.reactions");
  });
});

describe("lines", () => {
  test("break at spaces, in words only where one is too long", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("abcdefghij kl", 4)).toEqual(["abcd", "efgh", "ij", "kl"]);
    expect(wrap("a\n\nb", 5)).toEqual(["a", "", "b"]);
    expect(wrap("日本語テ", 5)).toEqual(["日本", "語テ"]);
  });

  test.each([
    ["abc", 3],
    ["e\u0301", 1],
    ["日本", 4],
    ["🍕", 2],
    ["👩‍👩‍👧", 2],
    ["🇮🇹", 2],
    ["❤️", 2],
    ["✓✓", 2],
    ["│", 1],
  ])("%s takes %i columns", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});
