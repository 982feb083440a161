/** Parse, link with map scopes and check with Langium. */

import {
  AstUtils,
  DefaultScopeComputation,
  DefaultScopeProvider,
  DefaultTokenBuilder,
  type LangiumCoreServices,
  type LangiumDocument,
  MapScope,
  MultiMap,
  type ReferenceInfo,
  type Scope,
  URI,
} from "langium";
import { createServicesForGrammar } from "langium/grammar";
import type { GeneratedFile } from "./generate-flow.ts";
import { checkAsk, checkFile, checkFlow, type Flow } from "./langium-checks.ts";
import { GRAMMAR } from "./langium-grammar.ts";

/** States and variables by flow, each in one map; flows are in Langium's own map. */
class MapScopes extends DefaultScopeProvider {
  private readonly ofFlow = new WeakMap<Flow, { readonly State: Scope; readonly Var: Scope }>();

  override getScope(context: ReferenceInfo): Scope {
    const type = this.reflection.getReferenceType(context);
    if (type === "Flow") return this.getGlobalScope(type, context);
    const flow = AstUtils.getContainerOfType(context.container, (node): node is Flow => node.$type === "Flow");
    if (!flow) throw new Error("a name outside of a flow");
    const scopes = this.ofFlow.get(flow) ?? this.scopesOf(flow);
    return type === "State" ? scopes.State : scopes.Var;
  }

  private scopesOf(flow: Flow): { readonly State: Scope; readonly Var: Scope } {
    const scope = (nodes: readonly (Flow["states"][number] | Flow["vars"][number])[]): Scope =>
      new MapScope(nodes.map((node) => this.descriptions.createDescription(node, node.name)));
    const scopes = { State: scope(flow.states), Var: scope(flow.vars) };
    this.ofFlow.set(flow, scopes);
    return scopes;
  }
}

/** Only flows are seen from elsewhere; what is in one is found by `MapScopes`. */
class OnlyExports extends DefaultScopeComputation {
  override collectLocalSymbols(): ReturnType<DefaultScopeComputation["collectLocalSymbols"]> {
    return Promise.resolve(
      new MultiMap() as unknown as Awaited<ReturnType<DefaultScopeComputation["collectLocalSymbols"]>>,
    );
  }
}

type TokenVocabulary = ReturnType<DefaultTokenBuilder["buildTokens"]>;
type TokenType = Extract<TokenVocabulary, readonly unknown[]>[number];

/** Quotes open and close texts, braces holes and blocks. */
class TextModes extends DefaultTokenBuilder {
  override buildTokens(...args: Parameters<DefaultTokenBuilder["buildTokens"]>): TokenVocabulary {
    const all = super.buildTokens(...args);
    if (!Array.isArray(all)) throw new Error("not a list of tokens");
    const named = (name: string): TokenType => {
      const found = all.find((token) => token.name === name);
      if (!found) throw new Error(`no token ${name}`);
      return found;
    };
    const [open, close, quote, endQuote] = ["{", "}", "QUOTE", "END_QUOTE"].map(named) as [
      TokenType,
      TokenType,
      TokenType,
      TokenType,
    ];
    open.PUSH_MODE = "code";
    close.POP_MODE = true;
    quote.PUSH_MODE = "text";
    endQuote.POP_MODE = true;
    const characters = named("CHARACTERS");
    const code = all.filter((token) => token !== endQuote && token !== characters);
    // Each key word also looks like characters of a text.
    for (const token of code) {
      const longer = [token.LONGER_ALT ?? []].flat().filter((other) => other !== characters);
      if (longer.length > 0) token.LONGER_ALT = longer;
      else delete token.LONGER_ALT;
    }
    return { defaultMode: "code", modes: { code, text: [characters, open, endQuote] } };
  }
}

export interface LangiumBuilder {
  /** Builds and gives what was found: a message a finding. */
  readonly build: (files: readonly GeneratedFile[]) => Promise<readonly string[]>;
  readonly forget: () => Promise<void>;
}

type Services = Awaited<ReturnType<typeof createServicesForGrammar>>;

/** `sharedModule`: what stands in place of Langium's own, such as a connection to an editor. */
export async function langiumServices(sharedModule: object = {}): Promise<Services> {
  const services = await createServicesForGrammar({
    grammar: GRAMMAR,
    sharedModule,
    module: {
      parser: { TokenBuilder: () => new TextModes() },
      references: {
        ScopeProvider: (s: LangiumCoreServices) => new MapScopes(s),
        ScopeComputation: (s: LangiumCoreServices) => new OnlyExports(s),
      },
    },
    languageMetaData: { caseInsensitive: false, fileExtensions: [".flow"], languageId: "flow", mode: "production" },
  });
  services.validation.ValidationRegistry.register({ File: checkFile, Flow: checkFlow, Ask: checkAsk } as never);
  return services;
}

export async function langiumBuilder(): Promise<LangiumBuilder> {
  const services = await langiumServices();
  const { LangiumDocumentFactory, LangiumDocuments, DocumentBuilder } = services.shared.workspace;
  let documents: readonly LangiumDocument[] = [];
  return {
    build: async (files) => {
      documents = files.map(({ path, text }) => LangiumDocumentFactory.fromString(text, URI.file(`/${path}`)));
      for (const document of documents) LangiumDocuments.addDocument(document);
      await DocumentBuilder.build([...documents], { validation: true });
      return documents.flatMap((document) => (document.diagnostics ?? []).map((d) => String(d.message)));
    },
    forget: async () => {
      await DocumentBuilder.update(
        [],
        documents.map((document) => document.uri),
      );
      documents = [];
    },
  };
}
