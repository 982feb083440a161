/**
 * Patterns (`/^order/i`) to programs of the machine's matcher. A pattern is a JavaScript regular expression with the
 * `u` flag, less what cannot be matched in linear time: look-around and back-references. The program is a Thompson
 * automaton; counted repetitions are written out, so its size is bounded.
 */
import type { AST } from "@eslint-community/regexpp";
import { RegExpParser } from "@eslint-community/regexpp";
import type { PatternInstr, PatternProgram } from "@parley/machine";
import {
  anything,
  type CodePoints,
  complement,
  digits,
  foldCase,
  propertySet,
  spaces,
  union,
  words,
} from "./code-points.ts";

/** Instructions of one pattern; every character of a message costs at most so many steps. */
const LARGEST_PROGRAM = 2000;
/** Characters of one pattern. */
const LONGEST_PATTERN = 1000;
/** Groups inside one another. */
const DEEPEST_GROUP = 50;

/** Why a pattern cannot be used, in words, or undefined. */
export function patternProblem(pattern: string, ignoreCase: boolean): string | undefined {
  const compiled = tryCompile(pattern, ignoreCase);
  return typeof compiled === "string" ? compiled : undefined;
}

/** The program of a pattern that the parser has accepted. Throws where `patternProblem` has something to say. */
export function compilePattern(pattern: string, ignoreCase: boolean): PatternProgram {
  const compiled = tryCompile(pattern, ignoreCase);
  if (typeof compiled === "string") throw new Error(`pattern /${pattern}/ was not checked: ${compiled}`);
  return compiled;
}

/** The program, or what is wrong with the pattern. */
function tryCompile(pattern: string, ignoreCase: boolean): PatternProgram | string {
  if (pattern === "") return "it is empty";
  if (pattern.startsWith("*")) return "it begins with `*`";
  if (pattern.length > LONGEST_PATTERN)
    return `it has ${pattern.length} characters, at most ${LONGEST_PATTERN} are allowed`;
  if (depthOf(pattern) > DEEPEST_GROUP) return `at most ${DEEPEST_GROUP} groups may lie inside one another`;
  let tree: AST.Pattern;
  try {
    tree = new RegExpParser({ ecmaVersion: 2025 }).parsePattern(pattern, 0, pattern.length, { unicode: true });
  } catch (error) {
    return syntaxProblem(error);
  }
  const build: Build = { program: [["split", []]], ignoreCase, steps: 0 };
  try {
    const end = emit(build, ["match"]);
    build.program[0] = ["split", [alternatives(build, tree.alternatives, end)]];
  } catch (error) {
    if (error instanceof NotRegular) return error.message;
    throw error;
  }
  return build.program;
}

/** Parentheses that are open at once, at most; escaped ones and those in classes count too, which does no harm. */
function depthOf(pattern: string): number {
  let depth = 0;
  let deepest = 0;
  for (const c of pattern) {
    if (c === "(") deepest = Math.max(deepest, ++depth);
    else if (c === ")") depth--;
  }
  return deepest;
}

/** The parser's message without its repetition of the pattern. */
function syntaxProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const reason = /: ([^:]+)$/.exec(message)?.[1] ?? message;
  return reason.charAt(0).toLowerCase() + reason.slice(1);
}

class NotRegular extends Error {}

interface Build {
  readonly program: PatternInstr[];
  readonly ignoreCase: boolean;
  /** Nodes visited, with repetitions: bounds the time as the program's length bounds the space. */
  steps: number;
}

function emit(build: Build, instruction: PatternInstr): number {
  if (build.program.length >= LARGEST_PROGRAM) throw new NotRegular("its repetitions make it too large");
  build.program.push(instruction);
  return build.program.length - 1;
}

// Each function takes the index at which matching goes on and returns the one at which its node begins.

function alternatives(build: Build, nodes: readonly AST.Alternative[], next: number): number {
  const starts = nodes.map((node) => sequence(build, node.elements, next));
  return starts.length === 1 ? (starts[0] as number) : emit(build, ["split", starts]);
}

function sequence(build: Build, elements: readonly AST.Element[], next: number): number {
  let start = next;
  for (let i = elements.length - 1; i >= 0; i--) start = element(build, elements[i] as AST.Element, start);
  return start;
}

function element(build: Build, node: AST.Element, next: number): number {
  if (++build.steps > LARGEST_PROGRAM * 10) throw new NotRegular("its repetitions make it too large");
  switch (node.type) {
    case "Character":
    case "CharacterSet":
    case "CharacterClass":
      return emit(build, ["ranges", [...charactersOf(build, node)], next]);
    case "Group":
      if (node.modifiers !== null) throw new NotRegular("flags inside a pattern are not supported");
      return alternatives(build, node.alternatives, next);
    case "CapturingGroup":
      return alternatives(build, node.alternatives, next);
    case "Quantifier":
      return repetition(build, node, next);
    case "Assertion":
      return assertion(build, node, next);
    case "Backreference":
      throw new NotRegular("back-references such as `\\1` are not supported");
    case "ExpressionCharacterClass":
      throw new NotRegular("set operations in classes are not supported");
  }
}

function assertion(build: Build, node: AST.Assertion, next: number): number {
  switch (node.kind) {
    case "start":
    case "end":
      return emit(build, ["assert", node.kind, next]);
    case "word":
      return emit(build, ["assert", node.negate ? "notWord" : "word", next]);
    case "lookahead":
    case "lookbehind":
      throw new NotRegular("look-around such as `(?=…)` is not supported");
  }
}

function repetition(build: Build, node: AST.Quantifier, next: number): number {
  // Beyond the largest program the result is the same: too large.
  const min = Math.min(node.min, LARGEST_PROGRAM + 1);
  const max = node.max === Number.POSITIVE_INFINITY ? node.max : Math.min(node.max, LARGEST_PROGRAM + 1);
  let start = next;
  if (max === Number.POSITIVE_INFINITY) {
    const loop = emit(build, ["split", []]);
    const body = element(build, node.element, loop);
    build.program[loop] = ["split", [body, next]];
    start = min === 0 ? loop : body;
  } else {
    for (let i = min; i < max; i++) start = emit(build, ["split", [element(build, node.element, start), next]]);
  }
  const copies = max === Number.POSITIVE_INFINITY ? Math.max(0, min - 1) : min;
  for (let i = 0; i < copies; i++) start = element(build, node.element, start);
  return start;
}

// ---------------------------------------------------------------- characters

function charactersOf(build: Build, node: AST.Character | AST.CharacterSet | AST.CharacterClass): CodePoints {
  switch (node.type) {
    case "Character":
      return folded(build, [node.value, node.value]);
    case "CharacterSet":
      return setOf(build, node);
    case "CharacterClass": {
      let set: CodePoints = [];
      for (const item of node.elements) set = union(set, classItem(build, item));
      return node.negate ? complement(set) : set;
    }
  }
}

function classItem(build: Build, item: AST.CharacterClassElement): CodePoints {
  switch (item.type) {
    case "Character":
      return folded(build, [item.value, item.value]);
    case "CharacterClassRange":
      return folded(build, [item.min.value, item.max.value]);
    case "CharacterSet":
      return setOf(build, item);
    default:
      throw new NotRegular("set operations in classes are not supported");
  }
}

function setOf(build: Build, node: AST.CharacterSet): CodePoints {
  switch (node.kind) {
    case "any":
      return anything;
    case "digit":
      return node.negate ? complement(digits) : digits;
    case "space":
      return node.negate ? complement(spaces) : spaces;
    case "word": {
      const set = folded(build, words);
      return node.negate ? complement(set) : set;
    }
    case "property": {
      const set = folded(build, propertySet(node.value === null ? node.key : `${node.key}=${node.value}`));
      return node.negate ? complement(set) : set;
    }
  }
}

function folded(build: Build, set: CodePoints): CodePoints {
  return build.ignoreCase ? foldCase(set) : set;
}
