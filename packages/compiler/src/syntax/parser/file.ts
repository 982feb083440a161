/** The whole parser: the start rule, and the only instance. */
import type { IOrAlt, ParserMethod } from "chevrotain";
import type { Declaration } from "../ast.ts";
import { TestParser } from "./tests.ts";

export class FlowParser extends TestParser {
  constructor(options: { readonly skipValidations: boolean }) {
    super(options);
    this.performSelfAnalysis();
  }

  readonly file: ParserMethod<[], Declaration[]> = this.RULE("file", (): Declaration[] => {
    const declarations: Declaration[] = [];
    do {
      this.MANY(() =>
        declarations.push(
          this.OR<IOrAlt<Declaration>[]>([
            { ALT: () => this.SUBRULE(this.flow) },
            { ALT: () => this.SUBRULE(this.typeDecl) },
            { ALT: () => this.SUBRULE(this.profile) },
            { ALT: () => this.SUBRULE(this.actionDecl) },
            { ALT: () => this.SUBRULE(this.templateDecl) },
            { ALT: () => this.SUBRULE(this.testDecl) },
          ]),
        ),
      );
    } while (
      this.recover("file", undefined, (start, end) =>
        declarations.push({ kind: "InvalidDecl", source: this.source, start, end }),
      )
    );
    return declarations;
  });
}

let shared: FlowParser | undefined;

/** One parser for all: building it costs more than parsing a small file. */
export function sharedParser(): FlowParser {
  shared ??= new FlowParser({ skipValidations: true });
  return shared;
}
