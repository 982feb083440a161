export { sqliteStore } from "./stores/sqlite/store.ts";
