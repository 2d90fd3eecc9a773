// Passkeys by the browser's own interface (WebAuthn Level 3, 5.1.8 and 5.1.9): the server's JSON in, the browser's JSON out.
import type { AnswerOf, AskingOf } from "./ask.ts";

type Options = AnswerOf<"askPasskey">;
type Shown = AskingOf<"showPasskey">["body"]["response"];
type Made = AskingOf<"addPasskey">["body"]["response"];

/** Throws DOMException when the person cancels. */
export async function makePasskey({ state, options }: Options): Promise<{ state: string; response: Made }> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as unknown as PublicKeyCredentialCreationOptionsJSON,
  );
  return { state, response: toJson(await navigator.credentials.create({ publicKey })) as Made };
}

/** Throws DOMException when the person cancels. */
export async function showPasskey({ state, options }: Options): Promise<{ state: string; response: Shown }> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as unknown as PublicKeyCredentialRequestOptionsJSON,
  );
  return { state, response: toJson(await navigator.credentials.get({ publicKey })) as Shown };
}

export function canUsePasskeys(): boolean {
  return "PublicKeyCredential" in window && "parseCreationOptionsFromJSON" in PublicKeyCredential;
}

function toJson(credential: Credential | null): unknown {
  if (credential === null) throw new DOMException("no credential", "NotAllowedError");
  return (credential as PublicKeyCredential).toJSON();
}
