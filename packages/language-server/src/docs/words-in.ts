/** Words that mean something else in other company: what they mean there. */
import type { WordDoc } from "./words.ts";

export type Company = "trigger" | "action" | "template" | "send" | "expect" | "user" | "if" | "match" | "failure";

const flows = (text: string): WordDoc => ({ text, section: "flows" });
const declarations = (text: string): WordDoc => ({ text, section: "declarations" });
const tests = (text: string): WordDoc => ({ text, section: "tests" });

/** What is not here means what it means anywhere (`WORD_DOCS`). */
export const WORDS_IN: Readonly<Record<Company, Readonly<Record<string, WordDoc>>>> = {
  trigger: {
    text: flows("Typed text, by words or a pattern; words are compared without case and accents."),
  },
  action: {
    once: declarations("Never repeated after an outcome that is not known."),
    header: declarations("A header of the request."),
    body: declarations("What is sent, as JSON."),
  },
  template: {
    header: declarations("A line, a picture, a video or a file above the text."),
    body: declarations("The text as WhatsApp approves it; its holes are parameters."),
    option: declarations("A quick reply: an id and the label of the button."),
    link: declarations("A button that opens a page; the address may end in a parameter."),
  },
  send: {
    image: flows("Sends a picture: by its link, or one that the user has sent."),
    video: flows("Sends a video: by its link, or one that the user has sent."),
    audio: flows("Sends a voice message or sound: by its link, or one that the user has sent."),
    document: flows("Sends a file: by its link, or one that the user has sent."),
    location: flows("Sends a place by its degrees."),
    contact: flows("Sends a contact card."),
    product: flows("Sends one product of the catalog."),
    products: flows("Sends products of the catalog, in sections."),
    catalog: flows("Sends the whole catalog."),
    template: flows("Sends a template: it may go out at any time."),
    body: flows("The text of the message."),
  },
  expect: {
    text: tests("A text message."),
    buttons: tests("A message with reply buttons."),
    list: tests("A message with a list."),
    image: tests("A picture."),
    video: tests("A video."),
    audio: tests("A voice message or sound."),
    document: tests("A file."),
    location: tests("A place, or a request for one."),
    contact: tests("A contact card."),
    product: tests("One product of the catalog."),
    products: tests("Several products of the catalog."),
    catalog: tests("The whole catalog."),
    link: tests("A text with a button that opens a page."),
    form: tests("A WhatsApp Flow."),
    template: tests("This template."),
    state: tests("The conversation waits in this state."),
    end: tests("The conversation is over."),
    handoff: tests("People have the chat."),
    call: tests("This action was called, with these values."),
    option: tests("An option that the message has."),
  },
  user: {
    location: tests("The user sends a place by its degrees."),
    order: tests("The user sends a cart from the catalog."),
    form: tests("The user fills in the form that was sent last."),
    address: tests("The user fills in their address."),
    image: tests("The user sends a picture."),
    video: tests("The user sends a video."),
    audio: tests("The user sends a voice message."),
    document: tests("The user sends a file."),
    sticker: tests("The user sends a sticker."),
    contact: tests("The user sends a contact card."),
  },
  if: { else: flows("What happens where the condition does not hold.") },
  match: { else: flows("All cases that no other arm names.") },
  failure: { else: flows("What happens where the action fails; `failure` tells how.") },
};
