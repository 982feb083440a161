import type { TemplateComponentRequest, TemplateRequest } from "@parley/whatsapp";
import { visible } from "../report/visible.ts";

/** Each template as those who approve it read it. */
export function human(requests: readonly TemplateRequest[]): string {
  if (requests.length === 0) return "no template is declared\n";
  return requests.map((request) => `${block(request)}\n`).join("\n");
}

function block({ name, language, category, components }: TemplateRequest): string {
  const title = `${name}  ${language}  ${category.toLowerCase()}`;
  const lines = components.flatMap(linesOf).map((line) => `  ${visible(line)}`);
  return [title, ...lines].join("\n");
}

function linesOf(part: TemplateComponentRequest): readonly string[] {
  switch (part.type) {
    case "HEADER":
      return part.format === "TEXT"
        ? [`header  ${part.text}${samples(part.example?.header_text_named_params)}`]
        : [`header  ${part.format.toLowerCase()}, such as ${part.example.header_handle.join(", ")}`];
    case "BODY":
      return part.text
        .split("\n")
        .map((line, i) => `${i === 0 ? "body    " : "        "}${line}`)
        .concat(
          samples(part.example?.body_text_named_params) === ""
            ? []
            : [`       ${samples(part.example?.body_text_named_params)}`],
        );
    case "FOOTER":
      return [`footer  ${part.text}`];
    case "BUTTONS":
      return part.buttons.map((button) =>
        button.type === "URL" ? `link    ${button.text}: ${button.url}` : `reply   ${button.text}`,
      );
  }
}

function samples(all: readonly { readonly param_name: string; readonly example: string }[] = []): string {
  return all.length === 0 ? "" : ` (${all.map((one) => `${one.param_name}: ${one.example}`).join(", ")})`;
}
