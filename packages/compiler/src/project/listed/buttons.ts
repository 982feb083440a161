/** The buttons of a listed template or card. */
import { LIMITS } from "@parley/whatsapp";
import { sure } from "../../text/sure.ts";
import { type Building, param, reason } from "./building.ts";
import { type ListedButton, variablesOf } from "./listed.ts";
import { type At, field, maybeText, textOf } from "./read.ts";

/** The parameter's name carries `prefix`, the card that it stands in. Gives the titles, too. */
export function readButtons(
  b: Building,
  items: readonly At[],
  prefix: string,
): { readonly buttons: readonly ListedButton[]; readonly titles: readonly string[] } {
  const titles = items.map((item) => maybeText(b.r, field(item, "text")) ?? "");
  return { titles, buttons: items.map((item, i) => readButton(b, item, sure(titles[i]), prefix)) };
}

// One case for each kind of button.
function readButton(b: Building, item: At, title: string, prefix: string): ListedButton {
  const type = textOf(b.r, field(item, "type"))?.toUpperCase() ?? "";
  switch (type) {
    case "QUICK_REPLY":
      return { kind: "reply", id: optionId(b, maybeText(b.r, field(item, "id")) ?? title, prefix) };
    case "URL":
      return link(b, item, prefix);
    case "PHONE_NUMBER":
      return { kind: "phone", phone: maybeText(b.r, field(item, "phone_number")) ?? "" };
    case "COPY_CODE":
      return { kind: "copy_code", param: param(b, `${prefix}code`, { kind: "text", max: LIMITS.couponCode.max }) };
    case "OTP":
      return { kind: "otp", param: passwordOf(b) };
    case "CATALOG":
      return { kind: "catalog", param: param(b, `${prefix}thumbnail`, { kind: "text", max: 100, optional: true }) };
    case "MPM":
      return {
        kind: "mpm",
        thumbnail: param(b, `${prefix}thumbnail`, { kind: "text", max: 100 }),
        sections: param(b, `${prefix}sections`, { kind: "sections" }),
      };
    case "FLOW":
      return { kind: "flow" };
    case "VOICE_CALL":
      return { kind: "voice_call" };
    case "SPM":
    case "CALL_PERMISSION_REQUEST":
    case "REQUEST_CONTACT_INFO":
      return { kind: "other" };
    default:
      reason(b, `it has a button of the kind \`${type}\`, which the bot cannot fill`);
      return { kind: "other" };
  }
}

function link(b: Building, item: At, prefix: string): ListedButton {
  const url = textOf(b.r, field(item, "url")) ?? "";
  const [variable, ...more] = variablesOf(url);
  if (variable === undefined) return { kind: "url", url };
  if (b.category === "authentication") return { kind: "otp", param: passwordOf(b) };
  const end = url.lastIndexOf("{{");
  const before = url.slice(0, end);
  if (more.length > 0 || url.slice(end).replace(/^\{\{.*?\}\}/, "") !== "") {
    reason(b, `the parameter of its link \`${url}\` does not stand at the end`);
  }
  const max = Math.max(1, LIMITS.templateUrl.max - before.length);
  return { kind: "url", url: before, param: param(b, `${prefix}link`, { kind: "text", max }) };
}

/** The one-time password goes into the body and the button alike. */
export function passwordOf(b: Building): string {
  const name = "code";
  if (!b.params.some((one) => one.name === name))
    b.params.push({ name, type: { kind: "text", max: LIMITS.oneTimePassword.max } });
  return name;
}

/** The title as a name: `Where are you?` is `where_are_you`. */
function optionId(b: Building, title: string, prefix: string): string {
  const words = title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  const base = /^[a-z]/.test(words) ? `${prefix}${words}` : `${prefix}option${words === "" ? "" : `_${words}`}`;
  let id = base;
  for (let n = 2; b.ids.has(id); n++) id = `${base}_${n}`;
  b.ids.add(id);
  return id;
}
