/** The part of `.flow` that the generated projects use, as a grammar of Langium; texts have a mode of the lexer of their own. */
export const GRAMMAR = `
grammar Flow

entry File: flows+=Flow*;

Flow: 'flow' name=ID '{'
  (triggers+=Trigger | vars+=Var | elses+=Else | afters+=After | states+=State)*
'}';

Trigger: anytime?='anytime'? 'on' (message?='message' | 'text' texts+=Text (',' texts+=Text)*) arrow=Arrow;
Var: 'var' name=ID ':' type=Type ('=' value=Expression)?;
Type: {infer TextType} 'text' ('(' max=INT ')')? | {infer RangeType} from=INT '..' to=INT;
Else: 'else' text=Text ('retry' retry=INT)? arrow=Arrow?;
After: 'after' time=DURATION arrow=Arrow;
Arrow: '->' (end?='end' | flow=[Flow:ID] call?='(' ')' | state=[State:ID]);

State: 'state' name=ID Block;
fragment Block: '{' statements+=Statement* '}';
Statement: Set | If | Ask | Handoff | Say | Arrow;
Set: 'set' variable=[Var:ID] '=' value=Expression;
If: 'if' condition=Expression then=Body ('else' orElse=(Body | If))?;
Body: {infer Body} '{' statements+=Statement* '}';
Handoff: 'handoff' text=Text;
Say: 'say' text=Text;
Ask: 'ask' layout=('buttons' | 'list') text=Text '{' clauses+=Clause* '}';
Clause: Option | Section | Open;
Open: 'open' title=Text;
Section: 'section' title=Text '{' options+=Option* '}';
Option: 'option' name=ID title=Text description=Text? (arrow=Arrow | body=Body);

Text: {infer Text} QUOTE parts+=Part* END_QUOTE;
Part: {infer Characters} value=CHARACTERS | {infer Hole} '{' value=Expression '}';

Expression: Binary;
infix Binary on Primary: '*' | '/' > '+' | '-' > '<' | '<=' | '>' | '>=' | '==' | '!=' > 'and' > 'or';
Primary infers Expression:
  {infer NumberLiteral} value=INT | {infer TextLiteral} text=Text | '(' Expression ')' |
  {infer FunctionCall} function=ID '(' (args+=Expression (',' args+=Expression)*)? ')' |
  {infer NameExpr} variable=[Var:ID];

hidden terminal WS: /\\s+/;
hidden terminal COMMENT: /\\/\\/[^\\n]*/;
terminal DURATION: /[0-9]+[wdhms]/;
terminal INT returns number: /[0-9]+/;
terminal ID: /[a-z_][a-zA-Z0-9_]*/;
terminal QUOTE: /"/;
terminal CHARACTERS: /([^"{\\\\]|\\\\.)+/;
terminal END_QUOTE: /"/;
`;
