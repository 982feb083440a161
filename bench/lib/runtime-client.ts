/**
 * Signed webhooks over 64 connections, in a process of its own. Arguments: port, milliseconds, first number of the messages,
 * requests per second (0: as fast as the answers come). Prints rate and latencies as JSON; latencies count from when a
 * request was due, so a server that falls behind cannot hide it.
 */
import { createHmac } from "node:crypto";
import { connect, type Socket } from "node:net";
import { change, SECRET, sender, text, webhook } from "../../packages/runtime/test/support/webhooks.ts";

const CONNECTIONS = 64;
const CONTACTS = 5_000;
const [port = 0, duration = 2_000, first = 0, rate = 0] = process.argv.slice(2).map(Number);

/** About 0.9 KB, as WhatsApp's are. */
function bodyOf(n: number): string {
  const from = { waId: `1650${String(5_550_000 + (n % CONTACTS)).padStart(7, "0")}` };
  const words = `message ${n} `.padEnd(430, "is there still a table for two? ");
  const id = `wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQzQ${String(n).padStart(12, "0")}`;
  return webhook(change({ contacts: [sender(from)], messages: [text(id, Date.now(), words, from)] }));
}

function requestOf(n: number): string {
  const body = bodyOf(n);
  const signature = createHmac("sha256", SECRET).update(body).digest("hex");
  return `POST /webhook HTTP/1.1\r\nhost: bot\r\ncontent-type: application/json\r\nx-hub-signature-256: sha256=${signature}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

export interface ClientResult {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
  readonly answered: number;
}

const latencies: number[] = [];
const idle: Socket[] = [];
const due: number[] = [];
const began = new Map<Socket, number>();
let next = first;
let failed = 0;
let ended = false;

function fire(socket: Socket, at: number): void {
  began.set(socket, at);
  socket.write(requestOf(next));
  next += 1;
}

function answered(socket: Socket, data: Buffer): void {
  latencies.push(performance.now() - (began.get(socket) ?? 0));
  if (!data.subarray(0, 12).equals(Buffer.from("HTTP/1.1 200"))) failed += 1;
  if (ended) return;
  if (rate === 0) return fire(socket, performance.now());
  const at = due.shift();
  if (at === undefined) idle.push(socket);
  else fire(socket, at);
}

const sockets = await Promise.all(
  Array.from(
    { length: CONNECTIONS },
    () =>
      new Promise<Socket>((resolve) => {
        const socket = connect(port, "127.0.0.1", () => resolve(socket));
        socket.setNoDelay(true);
        socket.on("data", (data) => answered(socket, data));
      }),
  ),
);
const start = performance.now();
if (rate === 0) for (const socket of sockets) fire(socket, performance.now());
else {
  idle.push(...sockets);
  let made = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    for (; made < ((now - start) / 1000) * rate; made++) {
      const at = start + (made / rate) * 1000;
      const socket = idle.pop();
      if (socket) fire(socket, at);
      else due.push(at);
    }
    if (ended) clearInterval(timer);
  }, 1);
}
await new Promise((resolve) => setTimeout(resolve, duration));
ended = true;
const seconds = (performance.now() - start) / 1000;
const sorted = latencies.toSorted((a, b) => a - b);
const at = (part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
const result: ClientResult = {
  rate: latencies.length / seconds,
  p50: at(0.5),
  p99: at(0.99),
  failed,
  answered: next - first,
};
process.stdout.write(JSON.stringify(result));
for (const socket of sockets) socket.destroy();
