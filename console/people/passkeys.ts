// Passkeys by the browser's own interface (WebAuthn Level 3, 5.1.8 and 5.1.9): the server's JSON in, the browser's JSON out.
import type { passkeyOptions } from "../../contract/sign-in.ts";
import type { z } from "zod";
import { ask } from "./ask.ts";

type Options = z.output<typeof passkeyOptions>;

/** Throws DOMException when the person cancels, and Refused. */
export async function makePasskey(optionsPath: string): Promise<{ state: string; response: unknown }> {
  const { state, options } = await ask<Options>("POST", optionsPath);
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as unknown as PublicKeyCredentialCreationOptionsJSON,
  );
  return { state, response: toJson(await navigator.credentials.create({ publicKey })) };
}

export async function showPasskey(optionsPath: string): Promise<{ state: string; response: unknown }> {
  const { state, options } = await ask<Options>("POST", optionsPath);
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as unknown as PublicKeyCredentialRequestOptionsJSON,
  );
  return { state, response: toJson(await navigator.credentials.get({ publicKey })) };
}

export function canUsePasskeys(): boolean {
  return "PublicKeyCredential" in window && "parseCreationOptionsFromJSON" in PublicKeyCredential;
}

function toJson(credential: Credential | null): unknown {
  if (credential === null) throw new DOMException("no credential", "NotAllowedError");
  return (credential as PublicKeyCredential).toJSON();
}
