/** References of messages that show products, and of forms. */
import type { CardDef, FooterDef, HeaderDef, Machine, ProductSectionsDef, TextKey } from "../format.ts";
import { checkText, fail } from "./texts.ts";

interface Framed {
  readonly kind: string;
  readonly body?: TextKey;
  readonly header?: TextKey | HeaderDef;
  readonly footer?: FooterDef;
  readonly open?: TextKey;
  readonly sections?: readonly ProductSectionsDef[];
}

const FROM_CATALOG: ReadonlySet<string> = new Set(["product", "products", "catalog"]);

export function checkFramed(machine: Machine, framed: Framed, path: string): void {
  const { header } = framed;
  const texts = {
    body: framed.body,
    header: typeof header === "string" ? header : header?.kind === "text" ? header.text : undefined,
    footer: framed.footer?.text,
    open: framed.open,
  };
  for (const [name, key] of Object.entries(texts)) if (key !== undefined) checkText(machine, key, `${path}/${name}`);
  checkSections(machine, framed.sections ?? [], `${path}/sections`);
  if (FROM_CATALOG.has(framed.kind) && machine.catalog === undefined)
    fail("/catalog", `${path} shows products, and there is no catalog`);
}

function checkSections(machine: Machine, sections: readonly ProductSectionsDef[], path: string): void {
  for (const [i, section] of sections.entries()) {
    if ("sections" in section) checkSections(machine, section.sections, `${path}/${i}/sections`);
    else if (section.title !== undefined) checkText(machine, section.title, `${path}/${i}/title`);
  }
}

export function checkCards(machine: Machine, cards: readonly CardDef[], path: string): void {
  for (const [i, { body, title }] of cards.entries()) {
    if (body !== undefined) checkText(machine, body, `${path}/${i}/body`);
    checkText(machine, title, `${path}/${i}/title`);
  }
}
