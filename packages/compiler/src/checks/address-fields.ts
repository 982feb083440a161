/** P2005: fields of an address that WhatsApp's form does not have would never be filled. */
import { ADDRESS_FIELDS } from "@parley/whatsapp";
import { suggest } from "../diagnostics/suggest.ts";
import { present } from "../types/relations.ts";
import { at, type Checked, type Report } from "./program.ts";

export function addressFieldsKnown({ nodes, types }: Checked, report: Report): void {
  for (const ask of nodes.asks) {
    const target = ask.ask === "address" && ask.as ? types.ofTarget.get(ask.as) : undefined;
    const type = target && present(target);
    if (type?.kind !== "record" || !ask.as) continue;
    for (const name of type.fields.keys()) {
      if (ADDRESS_FIELDS.includes(name)) continue;
      const decl = type.fields.get(name)?.decl;
      const related = decl ? [{ span: decl.name, message: `\`${name}\` is declared here` }] : [];
      at(report, "P2005", ask.as, { name, of: "an address", ...suggest(name, ADDRESS_FIELDS) }, { related });
    }
  }
}
