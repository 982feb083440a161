export { sqliteArchive } from "./stores/sqlite/archive.ts";
export { backupSqlite } from "./stores/sqlite/backup.ts";
export { sqliteStore } from "./stores/sqlite/store.ts";
