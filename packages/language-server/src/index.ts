export type { View } from "./view.ts";
