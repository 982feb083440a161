/**
 * What a newcomer sees: runs `npm start` without a terminal, waits for the transcript, then talks to the bot over HTTP
 * from a phone of its own, and stops it. Exits with 0 when all of that worked.
 */
import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";

const LIMIT_MS = 240_000;
const begin = performance.now();
const child = spawn("npm", ["start"], { stdio: ["ignore", "pipe", "pipe"], detached: true });
let output = "";
for (const stream of [child.stdout, child.stderr]) {
  stream.setEncoding("utf8");
  stream.on("data", (text) => {
    output += text;
  });
}
const ended = new Promise((resolve) => {
  child.on("exit", (code, signal) => resolve(code ?? signal));
});

function fail(why) {
  console.error(`${output}\nnpm start: ${why}`);
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
  process.exit(1);
}

async function until(what, found) {
  while (performance.now() - begin < LIMIT_MS) {
    const value = await found();
    if (value) return value;
    if (child.exitCode !== null) fail(`ended with ${child.exitCode} before ${what}`);
    await pause(100);
  }
  return fail(`no ${what} within ${LIMIT_MS / 1000} s`);
}

await until("transcript", () => output.includes("goes on serving"));
for (const part of [
  "Welcome to Parley Pizza",
  "Hi Ana, how was your pizza yesterday?",
  "Everything was as the test expects",
]) {
  if (!output.includes(part)) fail(`the transcript does not show "${part}"`);
}

const phones = /(http:\/\/\S+)\/_emulator\//.exec(output)?.[1] ?? fail("no URL of the phones is printed");
const phone = `${phones}/_emulator/contacts`;
const json = { method: "POST", headers: { "content-type": "application/json" } };
const added = await fetch(phone, { ...json, body: JSON.stringify({ phone: "393339990000", name: "Zoe" }) });
if (!added.ok) fail(`the emulator refused a contact: ${added.status} ${await added.text()}`);
await fetch(`${phone}/393339990000/messages`, { ...json, body: JSON.stringify({ type: "text", text: "hello" }) });
await until("answer over HTTP", async () => {
  const history = await fetch(`${phone}/393339990000/history`);
  return (await history.text()).includes("Welcome to Parley Pizza");
});

process.kill(-child.pid, "SIGINT");
const code = await Promise.race([ended, pause(20_000, "nothing")]);
if (code !== 0 && code !== 130 && code !== "SIGINT") fail(`did not stop on SIGINT: ${code}`);
console.log(
  `npm start shows the conversation, answers over HTTP and stops (${Math.round((performance.now() - begin) / 1000)} s)`,
);
process.exit(0);
