// A third party, its contracts and keys, as the interface shows them.
import type { z } from "zod";
import type {
  listedRecipient,
  recipient,
  recipientContract,
  recipientContractDraft,
  recipientFile,
  recipientKey,
} from "../../../contract/recipients.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import {
  type ContractRow,
  type ContractTerms,
  fingerprintOf,
  isInForce,
  type KeyRow,
  type RecipientFile,
  type RecipientRow,
  RecipientsError,
} from "../../recipients/recipients.ts";
import type { Shell } from "../shell.ts";

function recipientAnswer({ rowId, content }: RecipientRow): z.output<typeof recipient> {
  const { identityClientSecret, ...shown } = content;
  return { recipientId: rowId, ...shown, hasIdentityClientSecret: identityClientSecret !== null };
}

function contractAnswer(row: ContractRow, now: Date): z.output<typeof recipientContract> {
  return { contractId: row.rowId, ...row.content, isInForce: isInForce(row, now) };
}

function keyAnswer({ rowId, content }: KeyRow): z.output<typeof recipientKey> {
  return { keyId: rowId, ...content, fingerprint: fingerprintOf(content.publicKey) };
}

export function fileAnswer(
  { recipient: row, contracts, keys, passkeys }: RecipientFile,
  now: Date,
): z.output<typeof recipientFile> {
  return {
    ...recipientAnswer(row),
    contracts: contracts.map((each) => contractAnswer(each, now)),
    keys: keys.map(keyAnswer),
    passkeys: passkeys.map(({ rowId, content: { addedAt, usedAt, packageId } }) => ({
      passkeyId: rowId,
      addedAt,
      usedAt,
      packageId,
    })),
  };
}

export function listedAnswer(
  { recipient: row, contracts, keys }: RecipientFile,
  now: Date,
): z.output<typeof listedRecipient> {
  const inForce = contracts.filter((each) => isInForce(each, now));
  const ends = inForce.flatMap(({ content: { endsAt } }) => (endsAt === null ? [] : [endsAt]));
  return {
    ...recipientAnswer(row),
    contractsInForce: inForce.length,
    endsAt: ends.toSorted()[0] ?? null,
    approvedKeys: keys.filter(({ content }) => content.approvedBy !== null).length,
    waiting: [...contracts, ...keys].filter(({ content }) => content.approvedBy === null).length,
  };
}

export async function recipientOf({ recipients }: Shell, recipientId: Uuid): Promise<z.output<typeof recipient>> {
  return recipientAnswer((await recipients.file(recipientId)).recipient);
}

export async function contractOf({ recipients, clock }: Shell, recipientId: Uuid, contractId: Uuid | undefined) {
  const found = (await recipients.file(recipientId)).contracts.find(({ rowId }) => rowId === contractId);
  if (found === undefined) throw new RecipientsError("unknown-contract");
  return contractAnswer(found, clock.now());
}

export async function keyOf({ recipients }: Shell, recipientId: Uuid, keyId: Uuid | undefined) {
  const found = (await recipients.file(recipientId)).keys.find(({ rowId }) => rowId === keyId);
  if (found === undefined) throw new RecipientsError("unknown-key");
  return keyAnswer(found);
}

/** Times of the request in the one form that is kept. */
export function termsOf(body: z.output<typeof recipientContractDraft>): ContractTerms {
  const { startsAt, endsAt } = body;
  return {
    ...body,
    startsAt: new Date(startsAt).toISOString(),
    endsAt: endsAt === null ? null : new Date(endsAt).toISOString(),
  };
}
