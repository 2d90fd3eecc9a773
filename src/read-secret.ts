// Reads a secret from the file that a setting names.
import { readFile } from "node:fs/promises";
import { ConfigError } from "./config.ts";

/** Without its last line end. Throws ConfigError naming the variable, never the file's content. */
export async function readSecret(variable: string, file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new ConfigError(`${variable}: cannot be read`, { cause });
  });
  return text.replace(/\r?\n$/, "");
}
