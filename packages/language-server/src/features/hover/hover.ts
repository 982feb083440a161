/** What an editor tells of what stands under the pointer. */
import {
  CATALOG,
  type Code,
  FUNCTION_NAMES,
  type FunctionName,
  pageOf,
  type Syntax,
  typeOfRoot,
} from "@parley/compiler";
import type { ClientCapabilities, Hover } from "vscode-languageserver";
import { type Node, pathAt } from "../../at.ts";
import { functionDoc, wordDoc } from "../../docs/markdown.ts";
import { toRange } from "../../positions.ts";
import { foundIn } from "../../symbols.ts";
import type { View } from "../../view.ts";
import { ROOT_DOCS } from "../completion/scope.ts";
import { countLabel, countsOf } from "../counts.ts";
import { companyOf } from "./company.ts";
import { messageHover } from "./message.ts";
import { ofKey, ofReferent, signed, typeText } from "./referents.ts";

export interface HoverOptions {
  /** Where the pages of the documentation stand; undefined: no links. */
  readonly docs?: string | undefined;
  /** Whether the client draws HTML in Markdown. */
  readonly html?: boolean;
}

/** Clients that draw HTML in Markdown name the tags that they let through. */
export function drawsHtml({ general }: ClientCapabilities): boolean {
  return general?.markdown?.allowedTags?.includes("details") ?? false;
}

interface Told {
  readonly text: string;
  readonly span: { readonly start: number; readonly end: number };
}

export function hover(view: View, file: Syntax.File, offset: number, options: HoverOptions = {}): Hover | undefined {
  const told = tell(view, file, offset, options);
  if (!told || told.text === "") return undefined;
  const { source } = file;
  return { contents: { kind: "markdown", value: told.text }, range: toRange({ source, ...told.span }) };
}

function tell(view: View, file: Syntax.File, offset: number, options: HoverOptions): Told | undefined {
  const word = wordAt(file.source.text, offset);
  const code = word && ofCode(file.source.text, word, options);
  if (code) return code;
  const path = pathAt(file, offset);
  const node = path.at(-1) ?? file;
  const parent = path.at(-2);
  const flow = path.find((one): one is Node & Syntax.FlowDecl => one.kind === "FlowDecl");
  const message = messageIn(path);
  const text = path.findLast((one): one is Node & Syntax.TextExpr => one.kind === "TextExpr");
  if (node.kind === "Name" || node.kind === "NameExpr") {
    const told = ofName(view, node, path, options);
    if (told !== undefined) return { text: told, span: node };
    // Words that name a kind are names, too; what somebody has named is no word of the language.
    if (!isKind(node, parent)) return undefined;
  }
  if (text && flow && message && node === text) {
    const counted = countsOf(view, file, text.start, text.end).get(text);
    const { settings } = view.compilation;
    const head = counted ? `**${countLabel(counted, settings.locales.default)}** · ${counted.what}` : "";
    const drawn = messageHover(view, file, flow, message, { html: options.html === true });
    return { text: [head, drawn].filter((part) => part !== "").join("\n\n"), span: text };
  }
  if (!word || text === node) return undefined;
  const doc = wordDoc(word.text, options.docs, companyOf(path));
  const isHead = message && word.start === message.start && flow;
  const drawn = isHead ? messageHover(view, file, flow, message, { html: options.html === true }) : "";
  const parts = [drawn, doc ?? ""].filter((part) => part !== "");
  return { text: parts.join("\n\n---\n\n"), span: word };
}

type Message = Syntax.Say | Syntax.Ask | Syntax.Send;

function messageIn(path: readonly Node[]): Message | undefined {
  const found = path.findLast(({ kind }) => kind === "Say" || kind === "Ask" || kind === "Send" || kind === "Block");
  return found?.kind === "Block" ? undefined : (found as unknown as Message | undefined);
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function wordAt(text: string, offset: number): Word | undefined {
  let start = offset;
  while (start > 0 && /\w/.test(text.charAt(start - 1))) start--;
  let end = offset;
  while (end < text.length && /\w/.test(text.charAt(end))) end++;
  return start === end ? undefined : { text: text.slice(start, end), start, end };
}

/** A code in a comment that leaves it out. */
function ofCode(text: string, word: Word, { docs }: HoverOptions): Told | undefined {
  if (!Object.hasOwn(CATALOG, word.text)) return undefined;
  const before = text.slice(text.lastIndexOf("\n", word.start - 1) + 1, word.start);
  if (!/\/\/\s*parley-ignore\b/.test(before)) return undefined;
  const code = word.text as Code;
  const link = docs === undefined ? "" : `\n\n[${code}](${docs}/${pageOf(code)})`;
  const { slug, why } = CATALOG[code];
  return { text: `**${code}** ${slug.replaceAll("-", " ")}\n\n${why}${link}`, span: word };
}

// ---------------------------------------------------------------- names

function ofName(view: View, node: Node, path: readonly Node[], { docs }: HoverOptions): string | undefined {
  const { names, types } = view.compilation;
  const name = node as Node & (Syntax.Name | Syntax.NameExpr);
  const referent = names.refs.get(name);
  if (referent?.kind === "function" && isFunction(referent.name)) return functionDoc(referent.name, docs);
  if (referent?.kind === "root") {
    const type = typeOfRoot(names, types, referent.name);
    return signed(`${referent.name}: ${typeText(type)}`, ROOT_DOCS[referent.name]);
  }
  if (referent) return ofReferent(view, referent);
  const parent = path.at(-2);
  if (parent?.kind === "FieldExpr" && (parent as Node & Syntax.FieldExpr).field === node) {
    const type = types.ofExpr.get(parent as Node & Syntax.FieldExpr);
    return type && type.kind !== "unknown" ? signed(`${textOf(node)}: ${typeText(type)}`, "") : undefined;
  }
  const key = foundIn(view, path)?.keys[0];
  return key === undefined ? undefined : ofKey(view, key);
}

/** `ask buttons`, `category utility`: what the language has names for. */
function isKind(node: Node, parent: Node | undefined): boolean {
  if (parent?.kind === "Ask") return (parent as Node & Syntax.Ask).askWord === (node as unknown);
  return parent?.kind === "TemplateCategory" || parent?.kind === "TemplateLocales";
}

function isFunction(name: string): name is FunctionName {
  return (FUNCTION_NAMES as readonly string[]).includes(name);
}

function textOf(node: Node): string {
  return node.source.text.slice(node.start, node.end);
}
