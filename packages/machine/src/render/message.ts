/** The messages of `say` and `send`. */
import type { CaptionedMedia, MediaRef, OutgoingMessage } from "@parley/whatsapp";
import type { ContentDef, MediaKind, MessageDef } from "../format.ts";
import { renderCarousel, renderCatalog, renderProduct, renderProducts, shownProducts } from "./commerce.ts";
import { printText, renderFrame } from "./parts.ts";
import { printTemplate, type Scope } from "./scope.ts";
import { renderTemplate } from "./template.ts";

type Content<K extends ContentDef["kind"]> = Extract<ContentDef, { kind: K }>;

/** Undefined where there is nothing to send: products that are all missing now. */
export function renderMessage(scope: Scope, message: MessageDef): OutgoingMessage | undefined {
  const { content } = message;
  switch (content.kind) {
    case "text": {
      const body = printText(scope, content.body);
      return { type: "text", text: content.preview ? { preview_url: true, body } : { body } };
    }
    case "link":
      return renderLink(scope, content);
    case "media":
      return renderMedia(scope, content);
    case "location":
      return renderLocation(scope, content);
    case "contact":
      return { type: "contacts", contacts: [scope.card(content.value)] };
    case "product":
      return renderProduct(scope, content);
    case "products": {
      const shown = shownProducts(scope, content);
      return shown.count === 0 ? undefined : renderProducts(scope, content, shown);
    }
    case "catalog":
      return renderCatalog(scope, content);
    case "carousel":
      return renderCarousel(scope, content);
    case "template":
      return renderTemplate(scope, content.template, content.args);
    default:
      return content satisfies never;
  }
}

function renderLink(scope: Scope, content: Content<"link">): OutgoingMessage {
  const { body, header, footer } = content;
  const frame = renderFrame(scope, {
    body,
    ...(header ? { header } : {}),
    ...(footer === undefined ? {} : { footer: { text: footer } }),
  });
  return {
    type: "interactive",
    interactive: {
      type: "cta_url",
      ...frame,
      action: {
        name: "cta_url",
        parameters: {
          display_text: printText(scope, content.title, "line"),
          url: printTemplate(scope, content.url, "url"),
        },
      },
    },
  };
}

function renderMedia(scope: Scope, content: Content<"media">): OutgoingMessage {
  const { ref, name } = scope.media(content.value);
  const caption = content.caption === undefined ? undefined : printText(scope, content.caption);
  const captioned: CaptionedMedia = caption === undefined || caption === "" ? ref : { ...ref, caption };
  const filename = content.name === undefined ? name : printText(scope, content.name, "line");
  return mediaMessage(content.media, ref, captioned, filename);
}

function mediaMessage(
  kind: MediaKind,
  ref: MediaRef,
  captioned: CaptionedMedia,
  filename: string | undefined,
): OutgoingMessage {
  switch (kind) {
    case "image":
      return { type: "image", image: captioned };
    case "video":
      return { type: "video", video: captioned };
    case "audio":
      return { type: "audio", audio: ref };
    case "document":
      return { type: "document", document: filename === undefined ? captioned : { ...captioned, filename } };
    case "sticker":
      return { type: "sticker", sticker: ref };
    default:
      return kind satisfies never;
  }
}

function renderLocation(scope: Scope, content: Content<"location">): OutgoingMessage {
  const latitude = scope.degrees(content.latitude, 90);
  const longitude = scope.degrees(content.longitude, 180);
  const name = content.name === undefined ? undefined : printText(scope, content.name, "line");
  const address = content.address === undefined ? undefined : printText(scope, content.address, "line");
  return {
    type: "location",
    location: { latitude, longitude, ...(name ? { name } : {}), ...(address ? { address } : {}) },
  };
}

/** Whether a free-form message goes out, which needs an open window; and the billing category. */
export function sendingOf(
  scope: Pick<Scope, "machine">,
  template: string | undefined,
): { readonly window: boolean; readonly category: "service" | "utility" | "marketing" | "authentication" } {
  const def = template === undefined ? undefined : scope.machine.templates[template];
  return def ? { window: false, category: def.category } : { window: true, category: "service" };
}
