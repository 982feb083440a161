/** `parley check`, `build` and `test` as tasks, with what they find in the problems view. */
import {
  type Disposable,
  ProcessExecution,
  type ShellExecution,
  Task,
  TaskGroup,
  TaskScope,
  tasks,
  workspace,
} from "vscode";
import type { Cli } from "./cli.ts";

const COMMANDS = {
  check: { args: ["check", "--format", "concise"], group: TaskGroup.Build },
  build: { args: ["build", "--format", "concise"], group: TaskGroup.Build },
  test: { args: ["test"], group: TaskGroup.Test },
} as const;

type Command = keyof typeof COMMANDS;

export function registerTasks(cli: Cli): readonly Disposable[] {
  const provider = tasks.registerTaskProvider("parley", {
    provideTasks: () =>
      workspace.isTrusted ? (Object.keys(COMMANDS) as Command[]).map((command) => taskOf(cli, command)) : [],
    resolveTask: ({ definition }) => {
      const { command, path } = definition as unknown as { command: Command; path?: string };
      return Object.hasOwn(COMMANDS, command) ? taskOf(cli, command, path) : undefined;
    },
  });
  return [provider];
}

export function taskOf(cli: Cli, command: Command, path?: string): Task {
  const { args, group } = COMMANDS[command];
  const execution: ProcessExecution | ShellExecution = new ProcessExecution(
    cli.node,
    [cli.script, ...args, ...(path === undefined ? [] : [path])],
    { env: { ...cli.environment } },
  );
  const definition = { type: "parley", command, ...(path === undefined ? {} : { path }) };
  const task = new Task(definition, TaskScope.Workspace, command, "parley", execution, "$parley");
  task.group = group;
  return task;
}
