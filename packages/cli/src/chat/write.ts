/** Writes a chat as a test: it is held once more, on a clock that only moves when told, and expects what came. */
import { existsSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { type Conversation, holdConversation } from "@parley/simulator";
import { reasonOf } from "../project/files.ts";

/** Gives what to say about it. */
export async function writeChat(file: string, isAlone: boolean, chat: Omit<Conversation, "title">): Promise<string> {
  if (chat.doings.length === 0) return "nothing was said yet";
  if (!file.endsWith(".flow")) return `a test stands in a .flow file: /test ${file}.test.flow`;
  if (existsSync(file)) return `${file} is there already`;
  const title = basename(file).replace(/(?:\.test)?\.flow$/, "");
  const text = await holdConversation({ ...chat, title });
  if (text === undefined)
    return "a test cannot say this: an action was called twice in one step, or a message is of a kind that no test names";
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    return `${file} cannot be written: ${reasonOf(error)}`;
  }
  return isAlone
    ? `written to ${file}: put it into the flow's own file, or a parley.yaml beside both`
    : `written to ${file}: parley test runs it`;
}
