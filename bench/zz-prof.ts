import { prepare, step } from "../packages/machine/src/index.ts";
import { orderMachine } from "../packages/machine/test/fixtures/order.ts";
import { record, TURNS } from "./lib/order-script.ts";
import { tableStep } from "./lib/table-interpreter.ts";
const prepared = prepare(JSON.parse(JSON.stringify(orderMachine())));
const ours = (json: any, event: any) => { const r = step(prepared, json === null ? null : JSON.parse(json), event); return { snapshot: JSON.stringify(r.snapshot), effects: r.effects }; };
function time(c: any, n: number) { const ev = record(c); const one = () => { let s: any = null; for (const e of ev) s = c(s, e).snapshot; }; for (let i=0;i<3000;i++) one(); const t=performance.now(); for (let i=0;i<n;i++) one(); return (performance.now()-t)*1000/n/TURNS; }
for (let k=0;k<3;k++) console.log("ours", time(ours, 20000).toFixed(2), "us  table", time(tableStep, 20000).toFixed(2), "us");
for (const c of [ours, tableStep] as any[]) { let s: any = null; const z=[]; for (const e of record(c)) { s = c(s, e).snapshot; z.push(s.length); } console.log(z.join(" ")); }
