// Tokens in owner-only files: written as 0600, and refused when others may read them.
import { open, mkdir, readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { CliError } from "./exit.ts";

const TOKEN_PATTERN = /^[\x21-\x7e]{20,200}$/;
const OTHERS = 0o077;

export function defaultTokenFile(environment: NodeJS.ProcessEnv): string {
  const configured = environment["XDG_CONFIG_HOME"];
  return join(
    configured !== undefined && configured !== "" ? configured : join(homedir(), ".config"),
    "uberrima",
    "token",
  );
}

/** Throws CliError when the file is missing, readable by others, or holds no token. */
export async function readTokenFile(path: string): Promise<string> {
  let mode: number;
  let text: string;
  try {
    mode = (await stat(path)).mode;
    text = (await readFile(path, "utf8")).trim();
  } catch (cause) {
    throw new CliError(`cannot read the token file ${path}`, {
      cause,
      next: "Give one by --token-file, or set UBERRIMA_TOKEN.",
    });
  }
  if ((mode & OTHERS) !== 0) {
    throw new CliError(`${path} can be read by others`, {
      next: `chmod 600 ${path}, and rotate the secret if others use this machine.`,
    });
  }
  if (!TOKEN_PATTERN.test(text)) throw new CliError(`${path} holds no token`);
  return text;
}

/** Never overwrites: the former token may still be needed. `option`: by which another file is named. */
export async function writeTokenFile(path: string, token: string, option = "--token-out"): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const file = await open(path, "wx", 0o600);
    try {
      await file.writeFile(`${token}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    const exists = (cause as NodeJS.ErrnoException).code === "EEXIST";
    throw new CliError(exists ? `${path} exists already` : `cannot write ${path}`, {
      cause,
      next: `Name another file by ${option}.`,
    });
  }
}

/** Tried before a token is made, which could not be shown again. */
export async function assertWritable(path: string, option = "--token-out"): Promise<void> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  );
  if (exists) throw new CliError(`${path} exists already`, { next: `Name another file by ${option}.` });
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
}
