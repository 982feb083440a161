/** P3019: rules for sellers in India, and for the address message, which there is for India alone. */
import type { Ask } from "../syntax/ast.ts";
import { type Span, spanOf } from "../text/source.ts";
import { at, type Checked, type Report } from "./program.ts";
import { productMessages } from "./shown-products.ts";

const INDIA = "IN";

/** WhatsApp lets an Indian business show products only once its compliance data is filed. */
export function indianSellersFiled({ nodes, settings }: Checked, report: Report): void {
  const { business } = settings;
  if (business?.country !== INDIA || business.compliance === "filed") return;
  for (const { place } of productMessages(nodes)) at(report, "P3019", place, { problem: "compliance" });
}

export function addressesInIndia({ nodes, settings }: Checked, report: Report): void {
  for (const ask of nodes.asks) {
    if (ask.ask !== "address") continue;
    const place = spanOf(ask.source, ask.start, ask.askWord?.end ?? ask.end);
    if (otherCountry(ask, report)) continue;
    const country = settings.business?.country;
    if (country !== INDIA) at(report, "P3019", place, { problem: "business", found: country ?? "" });
    else usersOutside(settings.markets, place, report);
  }
}

function otherCountry({ country }: Ask, report: Report): boolean {
  if (!country || country.text === INDIA || country.text === "") return false;
  const fixes = [{ title: `Write \`${INDIA}\``, safe: false, edits: [{ span: country, text: INDIA }] }];
  at(report, "P3019", country, { problem: "country", found: country.text }, { fixes });
  return true;
}

/** To a number of another country the message is refused, so it may fail for some users only. */
function usersOutside(markets: readonly string[], place: Span, report: Report): void {
  if (markets.length === 1 && markets[0] === INDIA) return;
  const others = markets.filter((market) => market !== INDIA);
  at(report, "P3019", place, { problem: "users", found: others.join(", ") }, { severity: "warning" });
}
