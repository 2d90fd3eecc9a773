// Passkeys for rooms: made by whoever has just opened one otherwise, and shown for later ones (WebAuthn Level 3).
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import {
  type Asking,
  type AuthenticationResponseJSON,
  type CreationOptions,
  madePasskey,
  type RegistrationResponseJSON,
  registrationOptions,
  type RequestOptions,
  requestOptions,
  takeChallenge,
  usedPasskey,
} from "../signin/signin.ts";
import type { PackagesContext } from "./context.ts";
import { PackagesError } from "./errors.ts";
import type { PackageRow } from "./package-row.ts";
import { findPackage } from "./waiting-package.ts";

export interface ShownPasskey {
  readonly state: string;
  readonly response: AuthenticationResponseJSON;
}

export interface NewRoomPasskey {
  /** The room that was opened just now. */
  readonly packageId: Uuid;
  readonly state: string;
  readonly response: RegistrationResponseJSON;
}

/** The challenge is this room's: an answer to it opens no other. */
export async function askedPasskey(context: PackagesContext, row: PackageRow): Promise<Asking<RequestOptions> | null> {
  const { passkeys } = await context.recipients.file(asId(row.content.recipientId));
  return passkeys.length === 0 ? null : requestOptions(context, "room", row.rowId, passkeys);
}

/** Which passkey it was. Throws PackagesError `bad-passkey`. */
export async function checkPasskey(
  context: PackagesContext,
  row: PackageRow,
  { state, response }: ShownPasskey,
): Promise<Uuid> {
  const recipientId = asId(row.content.recipientId);
  const expectedChallenge = await takeChallenge(context, "room", row.rowId, state);
  const { passkeys } = await context.recipients.file(recipientId);
  const shown = passkeys.find(({ content }) => content.credentialId === response.id);
  if (expectedChallenge === null || shown === undefined) throw new PackagesError("bad-passkey");
  const moved = await usedPasskey(context, shown.content, { expectedChallenge, response });
  if (moved === null) throw new PackagesError("bad-passkey");
  await context.recipients.movePasskey({ recipientId, row: shown, moved });
  return shown.rowId;
}

/** INVARIANT: told to nobody but whoever has just opened a room: the challenge itself is what proves that they did. */
export async function offeredPasskey(
  context: PackagesContext,
  row: PackageRow,
): Promise<Asking<CreationOptions> | null> {
  const recipientId = asId(row.content.recipientId);
  const { recipient, passkeys } = await context.recipients.file(recipientId);
  const { contact, name } = recipient.content;
  if (contact === null) return null;
  return registrationOptions(context, { principalId: recipientId, email: contact, name }, passkeys);
}

/** Throws PackagesError `bad-passkey`, RecipientsError `wrong-state`, `too-many`. */
export async function addRoomPasskey(
  context: PackagesContext,
  { packageId, state, response }: NewRoomPasskey,
): Promise<Uuid> {
  const row = await findPackage(context, packageId);
  if (row?.content.delivery !== "room" || row.content.state !== "picked-up") throw new PackagesError("bad-passkey");
  const recipientId = asId(row.content.recipientId);
  const { recipient } = await context.recipients.file(recipientId);
  const { contact, approvedAt } = recipient.content;
  // Another contact since: whoever held the one before is not to have the passkey of the next.
  const isSame = approvedAt !== null && approvedAt <= row.content.changedAt;
  const made =
    contact !== null && isSame ? await madePasskey(context, recipientId, { state, response, name: "" }) : null;
  if (made === null || contact === null) throw new PackagesError("bad-passkey");
  const { credentialId, publicKey, counter, transports, isBackedUp, addedAt } = made;
  const kept = { credentialId, publicKey, counter, transports, isBackedUp, addedAt, usedAt: null };
  return context.recipients.addPasskey({ recipientId, content: { contact, packageId, ...kept } });
}
