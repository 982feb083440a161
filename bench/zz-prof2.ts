import { prepare, step } from "../packages/machine/src/index.ts";
import { orderMachine } from "../packages/machine/test/fixtures/order.ts";
import { record, TURNS } from "./lib/order-script.ts";
const prepared = prepare(JSON.parse(JSON.stringify(orderMachine())));
function parse(s: any) { return JSON.parse(s); }
function str(s: any) { return JSON.stringify(s); }
const ours = (json: any, event: any) => { const r = step(prepared, json === null ? null : parse(json), event); return { snapshot: str(r.snapshot), effects: r.effects }; };
const ev = record(ours as any);
const one = () => { let s: any = null; for (const e of ev) s = ours(s, e).snapshot; };
for (let i=0;i<60000;i++) one();
