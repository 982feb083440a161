import { expect, test } from "vitest";
import { networkFileSystem, networkFileSystemOf } from "../src/stores/sqlite/file-system.ts";

test("network file systems are known by their type, signed or not; others are none", () => {
  expect([0x6969, -11317950, 0xff534d42, 0x01021997].map(networkFileSystem)).toEqual(["NFS", "CIFS", "CIFS", "9P"]);
  // ext4, tmpfs, overlay.
  expect([0xef53, 0x01021994, 0x794c7630].map(networkFileSystem)).toEqual([undefined, undefined, undefined]);
});

test("where nobody knows, a file is taken to be here", () => {
  expect(networkFileSystemOf("/no/such/folder/bot.db")).toBe(undefined);
});
