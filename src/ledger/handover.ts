// Handovers: when a signing key is rotated, old and new key sign together that one follows the other, so that who trusts the old can come to the new.
import { unixSeconds } from "../kernel/clock.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Querier } from "../postgres/database.ts";
import type { SigningDomain } from "./detail.ts";
import { signJointly } from "./joint-signer.ts";
import type { JointSigner } from "./joint-signer.ts";
import { openNote, parseVerifierKey } from "./note.ts";
import { insertHandover, readHandovers } from "./store-handover.ts";

/** A key the log signs or signed with. Its public half stays known, so that what it signed verifies for ever. */
export interface LogKey {
  readonly key: string;
  /** Whole seconds since the Unix epoch; null for the first, which nothing came before. */
  readonly since: number | null;
  readonly signs: boolean;
  /** The signed note by which the key before gave over to this one. */
  readonly handover: string | null;
}

export interface HandoverParts {
  readonly database: Querier;
  readonly clock: Clock;
  readonly signers: Readonly<Record<SigningDomain, JointSigner>>;
}

const LABEL = "uberrima.org/key-handover/v1";
const KEYS_MAX = 1000;

/** Signs the handovers that are missing between keys that sign now. Returns how many. Safe to run anywhere, again and again. */
export async function handOver({ database, clock, signers }: HandoverParts, domain: SigningDomain): Promise<number> {
  const signing = signers[domain].signing();
  const known = await readGood(database, domain, signers[domain].name);
  let made = 0;
  for (const [at, newer] of signing.entries()) {
    const older = signing[at + 1];
    if (older === undefined || known.get(newer.verifierKey)?.older === older.verifierKey) continue;
    const text = textOf(older.verifierKey, newer.verifierKey, String(unixSeconds(clock)));
    await insertHandover(database, domain, signJointly([older, newer], text));
    made += 1;
  }
  return made;
}

/** The newest first, back to the first. */
export async function keyHistory({ database, signers }: HandoverParts, domain: SigningDomain): Promise<LogKey[]> {
  const signer = signers[domain];
  const known = await readGood(database, domain, signer.name);
  const signing = new Set(signer.signing().map(({ verifierKey }) => verifierKey));
  const history: LogKey[] = [];
  let key: string | undefined = signer.verifierKey;
  while (key !== undefined && history.length < KEYS_MAX && history.every((later) => later.key !== key)) {
    const handover = known.get(key);
    const { time: since = null, note = null } = handover ?? {};
    history.push({ key, since, signs: signing.has(key), handover: note });
    key = handover?.older;
  }
  return history;
}

interface Handover {
  readonly older: string;
  readonly time: number;
  readonly note: string;
}

/** By the newer key. INVARIANT: only what that key has signed too counts, so that nobody else can give it a past. */
async function readGood(on: Querier, domain: SigningDomain, name: string): Promise<Map<string, Handover>> {
  const good = new Map<string, Handover>();
  for await (const note of readHandovers(on, domain)) {
    const [label, older = "", newer = "", time = ""] = note.split("\n");
    const verifiers = [older, newer].map(parseVerifierKey);
    if (label !== LABEL || good.size === KEYS_MAX) continue;
    const isSigned = verifiers.every((by) => by?.name === name && openNote(note, [by]) === textOf(older, newer, time));
    if (isSigned) good.set(newer, { older, time: Number(time), note });
  }
  return good;
}

function textOf(older: string, newer: string, time: string): string {
  return `${LABEL}\n${older}\n${newer}\n${time}\n`;
}
