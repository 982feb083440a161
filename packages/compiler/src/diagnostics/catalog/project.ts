/** P6xxx templates and P8xxx: project files. */
export const PROJECT = {
  P8001: {
    severity: "error",
    slug: "project-file-not-valid",
    message: (a: { readonly problem: string }): string => a.problem,
    why: "The project file decides how all flows are read and checked.",
  },
} as const;
