// What an erasure certificate says: what was erased and when, from when on nothing can bring it back, and what lawfully remains.
import { hash } from "node:crypto";
import type { PublicBytes } from "../kernel/bytes.ts";
import { asPublicBytes, utf8 } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { canonicalJson } from "../kernel/canonical-json.ts";
import { newId } from "../kernel/ids.ts";
import type { Erasure, ErasureHooks } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { VaultError } from "./errors.ts";
import type { WriteActor } from "./written.ts";
import { entryFor } from "./written.ts";

/** What an erasure cannot reach: ids, codes and days only. */
export interface Residue {
  /** How often an opening of an entry about the customer was handed out: those copies are beyond reach. Null when not counted. */
  readonly openingsHandedOut: number | null;
  /** Units of others in whose records the customer's name may stand, since they were linked to it; they stay, as those people's own. */
  readonly mentions: readonly { readonly [key: string]: Json }[];
  /** What was handed to others before, by recipient and day (UTC): it remains with them. */
  readonly handedOut: readonly { readonly [key: string]: Json }[];
  /** How many further lines there are of it. */
  readonly handedOutBesides: number;
}

interface Remains extends Residue {
  /** The log in which the entries about the customer stand. */
  readonly logOrigin: string;
}

/** GDPR article 17(1), and article 19 in what it says of copies handed out. Ids, codes and times only. Throws VaultError "stale" before it is final. */
function certificateContent(erasure: Erasure, remains: Remains): { readonly [key: string]: Json } {
  const { erasureId, customerId, unitId, requestedAt, finalAt, act, bucket, rewrappedVersion } = erasure;
  if (finalAt === null || rewrappedVersion === null) throw new VaultError("stale", "the erasure is not final yet");
  return {
    v: 1,
    kind: "uberrima.org/erasure-certificate",
    erasure: erasureId,
    customer: customerId,
    unit: unitId,
    scope: unitId === null ? "customer" : "retention-unit",
    requestedAt: requestedAt.toISOString(),
    requestedBy: act,
    finalAt: finalAt.toISOString(),
    keys: {
      bucket,
      // Every key of the bucket before this one has been destroyed; no backup of the database holds any of them.
      oldestKeyLeft: rewrappedVersion,
    },
    erased: [
      unitId === null ? "the data keys of every retention unit of the customer" : "the data keys of the retention unit",
      "with them every sealed field, masked form, earlier revision and search hash, wherever a copy is kept",
    ],
    remains: {
      log: remains.logOrigin,
      ledgerLeaves: "times and commitments, which say nothing of the person",
      ledgerDetails: "sealed under the ledger's own keys for as long as the accounting of disclosures must be kept",
      openingsHandedOut: remains.openingsHandedOut,
      mentions: remains.mentions,
      handedOut: remains.handedOut,
      handedOutBesides: remains.handedOutBesides,
      copiesBeyondReach: "what was disclosed before, and openings handed out, remain with those who received them",
    },
  };
}

export interface FinalRecording {
  readonly ledger: Pick<Ledger, "appendIn" | "origin">;
  readonly actor: WriteActor;
  residueOf(erasure: Erasure): Promise<Residue>;
}

/** The hook of keys' `finishErasures`: records "erasure-final" in its transaction, with the certificate's digest, and returns the certificate. */
export function recordErasureFinal(recording: FinalRecording): ErasureHooks["recordFinal"] {
  return async (tx, erasure) => {
    const residue = await recording.residueOf(erasure);
    const certificate = encodeCertificate(
      certificateContent(erasure, { ...residue, logOrigin: recording.ledger.origin }),
    );
    const { erasureId, customerId, unitId } = erasure;
    const written = { writes: [], authority: [], classes: [], customers: [customerId] };
    const detail = { erasure: erasureId, unit: unitId, certificate: hash("sha256", certificate, "hex") };
    await recording.ledger.appendIn(tx, [
      entryFor({ entryId: newId(), kind: "erasure-final" }, recording.actor, written, { detail }),
    ]);
    return certificate;
  };
}

/** Public, since it holds ids, codes and times only. */
function encodeCertificate(content: { readonly [key: string]: Json }): PublicBytes {
  return asPublicBytes(utf8(canonicalJson(content)));
}
