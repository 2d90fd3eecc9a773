// From options and environment to a connected client.
import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import type { Command } from "commander";
import { type Client, connect } from "../sdk/client.ts";
import { createClient } from "../sdk/create-client.ts";
import type { PrivateKeyJwt } from "../sdk/token-source.ts";
import { CliError, EXIT } from "./exit.ts";
import { readKeyFile } from "./key-file.ts";
import type { Streams } from "./output.ts";
import { defaultTokenFile, readTokenFile } from "./token-file.ts";

const DEFAULT_URL = "http://127.0.0.1:7450";

export interface GlobalOptions {
  readonly url?: string;
  readonly tokenFile?: string;
  readonly keyFile?: string;
  readonly ca?: string;
  readonly json?: boolean;
}

/** The world around a command; given from outside, so that nothing else reads the process. */
export interface World {
  readonly environment: NodeJS.ProcessEnv;
  readonly streams: Streams;
}

export function globalsOf(command: Command): GlobalOptions {
  return command.optsWithGlobals<GlobalOptions>();
}

export async function openSession(world: World, command: Command): Promise<Client> {
  const globals = globalsOf(command);
  const url = await serverUrl(world, globals);
  const key = await findKey(world, globals);
  if (key !== null) return createClient({ url, auth: { privateKeyJwt: key } });
  return connect({ url, token: await findToken(world, globals) });
}

/** For what is public: no token is read or sent. */
export async function openPublicSession(world: World, command: Command): Promise<Client> {
  return connect({ url: await serverUrl(world, globalsOf(command)) });
}

export async function serverUrl(world: World, globals: GlobalOptions): Promise<string> {
  const text = globals.url ?? world.environment["UBERRIMA_URL"] ?? DEFAULT_URL;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new CliError("the server's URL must start with http:// or https://", { exitCode: EXIT.usage });
  }
  // INVARIANT: a token never crosses a network in clear.
  if (url.protocol === "http:" && !isLoopbackName(url.hostname)) {
    throw new CliError("refusing to send a token over http beyond this machine", {
      exitCode: EXIT.usage,
      next: "Use https://.",
    });
  }
  const ca = globals.ca ?? world.environment["UBERRIMA_CA"];
  if (ca !== undefined && ca !== "") await trust(ca);
  return url.href;
}

/** A key comes before any token; null where none was named. */
export async function findKey(world: World, globals: GlobalOptions): Promise<PrivateKeyJwt | null> {
  if (globals.keyFile !== undefined) return readKeyFile(globals.keyFile);
  const file = world.environment["UBERRIMA_KEY_FILE"];
  const isSet = file !== undefined && file !== "" && globals.tokenFile === undefined;
  return isSet ? readKeyFile(file) : null;
}

async function findToken(world: World, globals: GlobalOptions): Promise<string> {
  if (globals.tokenFile !== undefined) return readTokenFile(globals.tokenFile);
  const token = world.environment["UBERRIMA_TOKEN"];
  if (token !== undefined && token !== "") return token;
  const file = world.environment["UBERRIMA_TOKEN_FILE"];
  return readTokenFile(file !== undefined && file !== "" ? file : defaultTokenFile(world.environment));
}

async function trust(caFile: string): Promise<void> {
  const pem = await readFile(caFile, "utf8").catch((cause: unknown) => {
    throw new CliError(`cannot read the certificate file ${caFile}`, { cause });
  });
  setDefaultCACertificates([...getCACertificates("default"), pem]);
}

function isLoopbackName(hostname: string): boolean {
  const host = hostname.replaceAll(/^\[|\]$/g, "");
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
