/** The message of an ask, in the layout that the compiler chose for the locale. */
import type { OutgoingMessage, ReplyButton } from "@parley/whatsapp";
import type { AskDef, PromptDef } from "../format.ts";
import { builtinOf } from "../text/localized.ts";
import { renderCatalog, renderProduct, renderProducts, shownProducts } from "./commerce.ts";
import { renderAddress, renderForm } from "./forms.ts";
import { pageCount, renderSections } from "./list.ts";
import type { Shown } from "./options.ts";
import { printText, renderFrame, textHeader } from "./parts.ts";
import type { Scope } from "./scope.ts";
import { renderTemplate } from "./template.ts";

type OptionsPrompt = Extract<PromptDef, { kind: "options" }>;

/** `shown` is what `shownOptions` gave for the same ask; `page` counts from 1 and matters to lists in pages. */
export function renderAsk(scope: Scope, ask: AskDef, shown: Shown | undefined, page = 1): OutgoingMessage {
  const { prompt } = ask;
  switch (prompt.kind) {
    case "options":
      return renderOptions(scope, prompt, shown, page);
    case "text":
      return { type: "text", text: { body: printText(scope, prompt.body) } };
    case "location":
      return {
        type: "interactive",
        interactive: {
          type: "location_request_message",
          body: { text: printText(scope, prompt.body) },
          action: { name: "send_location" },
        },
      };
    case "product":
      return renderProduct(scope, prompt);
    case "products":
      return renderProducts(scope, prompt, shownProducts(scope, prompt));
    case "catalog":
      return renderCatalog(scope, prompt);
    case "form":
      return renderForm(scope, ask.id, prompt);
    case "address":
      return renderAddress(scope, prompt);
    case "template":
      return renderTemplate(scope, prompt.template, prompt.args, prompt.options);
    default:
      return prompt satisfies never;
  }
}

/** Without any option, the body alone: a typed answer may still come. */
function renderOptions(scope: Scope, prompt: OptionsPrompt, shown: Shown | undefined, page: number): OutgoingMessage {
  if (!shown || shown.count === 0) return { type: "text", text: { body: printText(scope, prompt.body) } };
  return shown.layout === "buttons" ? renderButtons(scope, prompt, shown) : renderList(scope, prompt, shown, page);
}

function renderButtons(scope: Scope, prompt: OptionsPrompt, shown: Shown): OutgoingMessage {
  const buttons: ReplyButton[] = [];
  for (const { options } of shown.sections)
    for (const { id, title } of options) buttons.push({ type: "reply", reply: { id: scope.wireId(id), title } });
  return { type: "interactive", interactive: { type: "button", ...renderFrame(scope, prompt), action: { buttons } } };
}

function renderList(scope: Scope, prompt: OptionsPrompt, shown: Shown, page: number): OutgoingMessage {
  const { machine, locale } = scope;
  const frame = renderFrame(scope, prompt);
  const button = prompt.open === undefined ? builtinOf(machine, "open", locale) : printText(scope, prompt.open, "line");
  const more = prompt.more === undefined ? builtinOf(machine, "more", locale) : printText(scope, prompt.more, "line");
  const sections = renderSections(scope, shown, { number: page, of: pageCount(shown) }, more);
  return {
    type: "interactive",
    interactive: {
      type: "list",
      ...textHeader(frame),
      body: frame.body,
      ...(frame.footer ? { footer: frame.footer } : {}),
      action: { button, sections },
    },
  };
}
