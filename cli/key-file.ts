// Private keys in owner-only files: `{ "clientId": ..., "key": <private JWK> }`, in place of a token.
import { generateKeyPairSync } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import { z } from "zod";
import type { PrivateKeyJwt } from "../sdk/token-source.ts";
import { CliError } from "./exit.ts";
import { writeTokenFile } from "./token-file.ts";

const OTHERS = 0o077;
const keyFile = z.looseObject({
  clientId: z.uuid(),
  key: z.looseObject({ kty: z.string(), kid: z.string().optional() }),
  issuer: z.string().optional(),
});

/** Throws CliError when the file is missing, readable by others, or holds no key of a client. */
export async function readKeyFile(path: string): Promise<PrivateKeyJwt> {
  let mode: number;
  let text: string;
  try {
    mode = (await stat(path)).mode;
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new CliError(`cannot read the key file ${path}`, { cause });
  }
  if ((mode & OTHERS) !== 0) {
    throw new CliError(`${path} can be read by others`, { next: `chmod 600 ${path}, and register another key.` });
  }
  const parsed = keyFile.safeParse(parseJson(text));
  if (!parsed.success)
    throw new CliError(`${path} holds no key of a client`, { next: 'It needs "clientId", as registered, and "key".' });
  const { clientId, key, issuer } = parsed.data;
  return { clientId, key: key as PrivateKeyJwt["key"], ...(issuer === undefined ? {} : { issuer }) };
}

/** A new key pair: the private half goes to an owner-only file, the public one to a JWK set for whoever registers it. */
export async function makeKeyFile(privatePath: string, publicPath: string): Promise<string> {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const kid = crypto.randomUUID();
  const jwk = { ...privateKey.export({ format: "jwk" }), kid };
  await writeTokenFile(privatePath, JSON.stringify({ clientId: "", key: jwk }, null, 2));
  const set = { keys: [{ ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "ES256" }] };
  await writeFile(publicPath, `${JSON.stringify(set, null, 2)}\n`);
  return kid;
}

/** Public keys or a certificate to register. */
export async function readProofs(options: { readonly jwks?: string; readonly certificate?: string }) {
  const read = async (path: string): Promise<string> => {
    try {
      return await readFile(path, "utf8");
    } catch (cause) {
      throw new CliError(`cannot read ${path}`, { cause });
    }
  };
  const jwks = options.jwks === undefined ? undefined : keySet.safeParse(parseJson(await read(options.jwks)));
  if (jwks?.success === false) throw new CliError(`${options.jwks} is no JWK set`);
  return {
    ...(jwks === undefined ? {} : { jwks: jwks.data }),
    ...(options.certificate === undefined ? {} : { certificate: await read(options.certificate) }),
  };
}

const keySet = z.object({
  keys: z.array(z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())]))),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
