// Which tokens were given to which recipient for what: so that they can be traced back, through the gate.
import { equalConstantTime, type Token, type Uuid } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";
import type { Querier } from "../postgres/database.ts";
import { type Giving, insertIssued, markTraced, selectIssued } from "./issued-store.ts";

type DigestKeys = Pick<Keys, "keyedDigest">;

export interface Traced {
  readonly customerId: Uuid;
  readonly recordId: Uuid;
  readonly field: string;
}

export interface Issued extends Traced {
  readonly token: string;
  readonly style: string;
}

/** A token that was given before stays as it is. */
export async function issue(
  { keys, database }: { readonly keys: DigestKeys; readonly database: Querier },
  giving: Giving,
  issued: readonly Issued[],
): Promise<void> {
  if (issued.length === 0) return;
  // One statement must not meet the same row twice.
  const unlike = [...new Map(issued.map((each) => [each.token, each])).values()];
  await insertIssued(
    database,
    giving,
    unlike.map(({ token, style, ...place }) => {
      const digest = digestOf(keys, giving.receiver, token);
      return { ...place, style, token: digest, mac: macOf(keys, digest, place) };
    }),
  );
}

/** Null where no such token was given to that recipient, or whoever writes the database made it lead elsewhere. */
export async function trace(
  { keys, database }: { readonly keys: DigestKeys; readonly database: Querier },
  recipientId: Uuid,
  { token, at }: { readonly token: string; readonly at: Date },
): Promise<Traced | null> {
  const digest = digestOf(keys, recipientId, token);
  const row = await selectIssued(database, digest);
  if (row === null) return null;
  const { mac, ...place } = row;
  if (!equalConstantTime(mac, macOf(keys, digest, place))) return null;
  await markTraced(database, digest, at);
  return place;
}

function digestOf(keys: DigestKeys, recipientId: Uuid, token: string): Token {
  return keys.keyedDigest("issued-token", recipientId, token);
}

function macOf(keys: DigestKeys, token: Token, { customerId, recordId, field }: Traced): Token {
  return keys.keyedDigest("issued-token-place", Buffer.from(token).toString("hex"), customerId, recordId, field);
}
