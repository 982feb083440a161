/** Rows of operands and operators to trees, by precedence. */
import type { IToken } from "chevrotain";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { Source } from "../text/source.ts";
import type { BinaryOp, Expr } from "./ast.ts";

export interface Operand {
  /** Where each `not` before it begins. */
  readonly nots: readonly number[];
  readonly value: Expr;
}

export interface RowOperator {
  readonly token: IToken;
  /** `is none` or `is not none`: no operand follows. */
  readonly isNone: boolean;
  readonly negated: boolean;
  /** Where the operator ends. */
  readonly end: number;
}

const OR = 1;
const AND = 2;
const COMPARE = 4;

const PRECEDENCE: Readonly<Record<BinaryOp, number>> = {
  or: OR,
  and: AND,
  "==": COMPARE,
  "!=": COMPARE,
  "<": COMPARE,
  "<=": COMPARE,
  ">": COMPARE,
  ">=": COMPARE,
  "??": 5,
  "+": 6,
  "-": 6,
  "*": 7,
  "/": 7,
};

interface Row {
  readonly source: Source;
  readonly diagnostics: Diagnostic[];
  readonly operands: readonly Operand[];
  readonly operators: readonly RowOperator[];
  operand: number;
  operator: number;
}

export function shape(
  context: { readonly source: Source; readonly diagnostics: Diagnostic[] },
  operands: readonly Operand[],
  operators: readonly RowOperator[],
): Expr {
  return climb(
    { source: context.source, diagnostics: context.diagnostics, operands, operators, operand: 0, operator: 0 },
    OR,
  );
}

function precedenceOf(operator: RowOperator): number {
  return operator.isNone ? COMPARE : PRECEDENCE[operator.token.image as BinaryOp];
}

function climb(row: Row, least: number): Expr {
  let left = readOperand(row, least);
  let compared = false;
  for (;;) {
    const operator = row.operators[row.operator];
    if (operator === undefined) return left;
    const precedence = precedenceOf(operator);
    if (precedence < least) return left;
    if (precedence === COMPARE && compared) chained(row, operator);
    compared ||= precedence === COMPARE;
    row.operator++;
    const { source } = row;
    const { start } = left;
    if (operator.isNone) {
      left = { kind: "IsNoneExpr", source, start, end: operator.end, value: left, negated: operator.negated };
    } else {
      const right = climb(row, precedence + 1);
      const op = operator.token.image as BinaryOp;
      left = { kind: "BinaryExpr", source, start, end: right.end, op, left, right };
    }
  }
}

/** `not` binds looser than comparisons: it takes all of them that follow. */
function readOperand(row: Row, least: number): Expr {
  const operand = row.operands[row.operand++] as Operand;
  const { nots } = operand;
  if (nots.length === 0) return operand.value;
  const { source } = row;
  if (least > AND + 1) {
    const start = nots[0] as number;
    const hint = "`not` binds looser than this operator: put it and its operand in parentheses";
    const span = { source, start, end: start + 3 };
    row.diagnostics.push(diagnostic("P1001", span, { expected: "a value", found: "`not`", hint }));
  }
  row.operand--;
  const bare: Row = { ...row, operands: row.operands.with(row.operand, { nots: [], value: operand.value }) };
  let value = climb(bare, COMPARE);
  row.operand = bare.operand;
  row.operator = bare.operator;
  for (let i = nots.length - 1; i >= 0; i--) {
    value = { kind: "UnaryExpr", source, start: nots[i] as number, end: value.end, op: "not", value };
  }
  return value;
}

function chained(row: Row, operator: RowOperator): void {
  const { startOffset: start, image } = operator.token;
  const span = { source: row.source, start, end: start + image.length };
  const hint = "comparisons do not chain; join two of them with `and`";
  row.diagnostics.push(
    diagnostic("P1001", span, { expected: "the end of the comparison", found: `\`${image}\``, hint }),
  );
}
