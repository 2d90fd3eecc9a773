// Which test files a short run leaves: journeys whose server side it tries all the same.
import { readFileSync } from "node:fs";

/** Stands with its reason in the head of a file. */
export const AT_FULL_LENGTH = "// At full length: ";

export interface Parted {
  readonly run: readonly string[];
  /** Counted as skipped, and named. */
  readonly left: readonly string[];
}

/** Whoever names a part, or asks for full length, gets every file of it. */
export function partByLength(files: readonly string[], isWhole: boolean): Parted {
  const isLeft = (file: string): boolean => !isWhole && readFileSync(file, "utf8").includes(`\n${AT_FULL_LENGTH}`);
  return { run: files.filter((file) => !isLeft(file)), left: files.filter(isLeft) };
}
