// Passkeys (WebAuthn Level 3): made and used with user verification always, which is the biometric or PIN that makes one two factors.
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/server";
import { z } from "zod";
import { putRow, type Row, type RowChange, type RowType } from "../authority/authority.ts";
import type { Token, Uuid } from "../kernel/bytes.ts";
import { idBytes, newId } from "../kernel/ids.ts";
import type { Keys } from "../keys/keys.ts";
import { type ChallengeUse, newChallenge, type PasskeyContext, takeChallenge } from "./challenges.ts";

const content = z.strictObject({
  name: z.string().max(100),
  credentialId: z.string().max(1400),
  /** COSE key, base64url. */
  publicKey: z.string().max(4000),
  counter: z.int().min(0),
  transports: z.array(z.string().max(32)).max(10),
  /** Kept by a provider on several devices of the person. */
  isBackedUp: z.boolean(),
  addedAt: z.iso.datetime(),
  /** Proves one factor until then: added on the strength of a code (docs/decisions/0057). Absent: two from the start. */
  countsFrom: z.iso.datetime().optional(),
  usedAt: z.iso.datetime().nullable(),
});
export type PasskeyContent = z.infer<typeof content>;

export const PASSKEY: RowType<PasskeyContent> = { kind: "passkey", content };

export const PASSKEYS_MAX = 10;
/** COSE: ES256, EdDSA, RS256 (WebAuthn 5.8.5: what authenticators have). */
const ALGORITHMS = [-7, -8, -257];

/** With what it reads certificates by, some three hundred modules: loaded once somebody has a passkey to show. */
const webauthn = () => import("@simplewebauthn/server");

export type CreationOptions = PublicKeyCredentialCreationOptionsJSON;
export type RequestOptions = PublicKeyCredentialRequestOptionsJSON;
export type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";

export interface Asking<Options> {
  readonly state: string;
  readonly options: Options;
}

type Described = Pick<PasskeyContent, "credentialId" | "transports">;

export async function registrationOptions(
  context: PasskeyContext,
  person: { readonly principalId: Uuid; readonly email: string; readonly name: string },
  standing: readonly { readonly content: Described }[],
): Promise<Asking<CreationOptions>> {
  const { state, challenge } = newChallenge(context, "registration", person.principalId);
  const { generateRegistrationOptions } = await webauthn();
  const options = await generateRegistrationOptions({
    rpName: "Uberrima",
    rpID: context.site().hostname,
    userName: person.email,
    userDisplayName: person.name,
    userID: new Uint8Array(idBytes(person.principalId)),
    challenge: new Uint8Array(challenge),
    attestationType: "none",
    excludeCredentials: standing.map(described),
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    supportedAlgorithmIDs: ALGORITHMS,
  });
  return { state, options };
}

/** `standing`: the passkeys asked for; none where whoever holds one is to say who they are. */
export async function requestOptions(
  context: PasskeyContext,
  use: Exclude<ChallengeUse, "registration">,
  principalId: Uuid | null,
  standing: readonly { readonly content: Described }[],
): Promise<Asking<RequestOptions>> {
  const { state, challenge } = newChallenge(context, use, principalId);
  const { generateAuthenticationOptions } = await webauthn();
  const options = await generateAuthenticationOptions({
    rpID: context.site().hostname,
    challenge: new Uint8Array(challenge),
    userVerification: "required",
    ...(standing.length === 0 ? {} : { allowCredentials: standing.map(described) }),
  });
  return { state, options };
}

export interface NewPasskeyAnswer {
  readonly state: string;
  readonly name: string;
  readonly response: RegistrationResponseJSON;
}

/** The new passkey's row; null where anything is wrong with the answer. */
export async function registered(
  context: PasskeyContext,
  principalId: Uuid,
  answer: NewPasskeyAnswer & { readonly coolingOffHours: number },
): Promise<{ readonly rowId: Uuid; readonly change: RowChange } | null> {
  const made = await madePasskey(context, principalId, answer);
  if (made === null) return null;
  const rowId = newId();
  const countsFrom = new Date(Date.parse(made.addedAt) + answer.coolingOffHours * 3_600_000).toISOString();
  const held: PasskeyContent = { ...made, ...(answer.coolingOffHours === 0 ? {} : { countsFrom }) };
  return {
    rowId,
    change: putRow(PASSKEY, { rowId, lookup: passkeyLookup(context.keys, made.credentialId), content: held }),
  };
}

/** The passkey that answers the challenge which was handed out for `ownerId`; null where anything is wrong with the answer. */
export async function madePasskey(
  context: PasskeyContext,
  ownerId: Uuid,
  answer: NewPasskeyAnswer,
): Promise<PasskeyContent | null> {
  const expectedChallenge = await takeChallenge(context, "registration", ownerId, answer.state);
  if (expectedChallenge === null) return null;
  const site = context.site();
  const { verifyRegistrationResponse } = await webauthn();
  const verified = await verifyRegistrationResponse({
    response: answer.response,
    expectedChallenge,
    expectedOrigin: site.origin,
    expectedRPID: site.hostname,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => null);
  if (verified?.verified !== true) return null;
  const { credential, credentialBackedUp } = verified.registrationInfo;
  return {
    name: answer.name,
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString("base64url"),
    counter: credential.counter,
    transports: [...(credential.transports ?? [])].slice(0, 10).map((name) => String(name).slice(0, 32)),
    isBackedUp: credentialBackedUp,
    addedAt: context.clock.now().toISOString(),
    usedAt: null,
  };
}

/** The passkey that signed the challenge, with its counter moved on; null where anything is wrong. */
export async function asserted(
  context: PasskeyContext,
  row: Row<PasskeyContent>,
  expectedChallenge: string,
  response: AuthenticationResponseJSON,
): Promise<RowChange | null> {
  const moved = await usedPasskey(context, row.content, { expectedChallenge, response });
  return moved === null ? null : putRow(PASSKEY, { ...row, content: { ...row.content, ...moved } });
}

type Moved = Pick<PasskeyContent, "counter" | "isBackedUp" | "usedAt">;

/** What has changed of a passkey that signed the challenge; null where anything is wrong. */
export async function usedPasskey(
  context: PasskeyContext,
  { credentialId, publicKey, counter }: Pick<PasskeyContent, "credentialId" | "publicKey" | "counter">,
  shown: { readonly expectedChallenge: string; readonly response: AuthenticationResponseJSON },
): Promise<Moved | null> {
  const { expectedChallenge, response } = shown;
  const site = context.site();
  const { verifyAuthenticationResponse } = await webauthn();
  // The library throws for a counter that did not move on: the passkey was copied (WebAuthn 6.1.1).
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge,
    expectedOrigin: site.origin,
    expectedRPID: site.hostname,
    requireUserVerification: true,
    credential: { id: credentialId, publicKey: new Uint8Array(Buffer.from(publicKey, "base64url")), counter },
  }).catch(() => null);
  if (verified?.verified !== true || !verified.authenticationInfo.userVerified) return null;
  const { newCounter, credentialBackedUp } = verified.authenticationInfo;
  return { counter: newCounter, isBackedUp: credentialBackedUp, usedAt: context.clock.now().toISOString() };
}

export function passkeyLookup(keys: Pick<Keys, "keyedDigest">, credentialId: string): Token {
  return keys.keyedDigest("passkey", credentialId);
}

function described({ content: held }: { readonly content: Described }) {
  return { id: held.credentialId, transports: held.transports };
}
