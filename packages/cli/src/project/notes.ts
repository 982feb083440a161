import type { Project } from "./load.ts";

/** What is no finding but may explain a surprise. */
export function notesOn(projects: readonly Project[]): readonly string[] {
  return projects.flatMap(({ sources, show }) =>
    sources.filter((s) => s.text.trim() === "").map((s) => `${show(s.path)} is empty: it declares nothing`),
  );
}
