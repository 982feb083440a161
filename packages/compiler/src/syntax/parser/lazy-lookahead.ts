/**
 * Chevrotain's lookahead, worked out when a place of the grammar is first reached instead of for the whole grammar at
 * the start: a small file reaches few of them, and the start is what its reader waits for.
 */
import { type ILookaheadStrategy, LLkLookaheadStrategy, type Rule } from "chevrotain";

type Alternatives = Parameters<ILookaheadStrategy["buildLookaheadForAlternation"]>[0];
type Optional = Parameters<ILookaheadStrategy["buildLookaheadForOptional"]>[0];

/** A lookahead function as Chevrotain calls it, with the parser as `this`. */
type Look = (this: Looker, ...args: readonly never[]) => unknown;

/** Where Chevrotain keeps the lookahead functions of the current rule; the built one takes the place of the lazy one. */
interface Looker {
  readonly currRuleLookaheadFuncs: (Look | undefined)[];
}

export class LazyLookahead implements ILookaheadStrategy {
  private readonly eager: ILookaheadStrategy;

  constructor(maxLookahead: number) {
    this.eager = new LLkLookaheadStrategy({ maxLookahead });
  }

  validate(options: Parameters<ILookaheadStrategy["validate"]>[0]): ReturnType<ILookaheadStrategy["validate"]> {
    return this.eager.validate(options);
  }

  initialize(options: { readonly rules: Rule[] }): void {
    this.eager.initialize?.(options);
  }

  buildLookaheadForAlternation(options: Alternatives): ReturnType<ILookaheadStrategy["buildLookaheadForAlternation"]> {
    return lazy(() => this.eager.buildLookaheadForAlternation(options) as Look) as never;
  }

  buildLookaheadForOptional(options: Optional): ReturnType<ILookaheadStrategy["buildLookaheadForOptional"]> {
    return lazy(() => this.eager.buildLookaheadForOptional(options)) as never;
  }
}

function lazy(build: () => Look): Look {
  let built: Look | undefined;
  return function look(this: Looker, ...args: readonly never[]): unknown {
    if (built === undefined) {
      built = build();
      const place = this.currRuleLookaheadFuncs.indexOf(look);
      if (place !== -1) this.currRuleLookaheadFuncs[place] = built;
    }
    return built.apply(this, args as never);
  };
}
