import { statfsSync } from "node:fs";
import { dirname } from "node:path";

/** Types of `statfs` on Linux (linux/magic.h) whose locks and memory maps SQLite cannot rely on. */
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x69_69, "NFS"],
  [0x51_7b, "SMB"],
  [0xff_53_4d_42, "CIFS"],
  [0xfe_53_4d_42, "SMB2"],
  [0x01_02_19_97, "9P"],
  [0x00_c3_64_00, "Ceph"],
  [0x53_46_41_4f, "AFS"],
  [0x56_4c, "NCP"],
  [0x0b_d0_0b_d0, "Lustre"],
]);

/** Name of the network file system that a type of `statfs` stands for. */
export function networkFileSystem(type: number): string | undefined {
  return NETWORK.get(type >>> 0);
}

/** Name of the network file system that the file is on, or would be; undefined where it is on none, or nobody knows. */
export function networkFileSystemOf(path: string): string | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    return networkFileSystem(statfsSync(dirname(path)).type);
  } catch {
    return undefined;
  }
}
