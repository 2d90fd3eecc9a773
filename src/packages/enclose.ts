// What a customer signed goes along with what is sent on it: its terms, and its paper through the gate to the same recipient, each an entry before the package is made.
import type { Authenticated } from "../access/access.ts";
import type { DisclosureAnswer, Registered, RestedOn, Terms } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Enclosed } from "./contents.ts";
import type { PackagesContext } from "./context.ts";
import { PackagesError } from "./errors.ts";

/** The authorization of one customer that a flow rests on. */
export interface Enclosing {
  readonly rested: RestedOn;
  /** The record of its paper; null where it was signed in the portal. */
  readonly paperId: Uuid | null;
}

export interface Enclosures {
  readonly enclosed: readonly Enclosed[];
  readonly disclosures: readonly Uuid[];
  /** Where the papers stand. */
  readonly units: readonly Uuid[];
  /** What the package rests on by them. */
  readonly restedOn: DisclosureAnswer["restedOn"];
}

/** Throws PackagesError `nothing-released` where one is gone meanwhile, and what the gate and the keeping of papers throw. */
export async function enclose(
  context: Pick<PackagesContext, "signedTerms" | "documents">,
  asker: Authenticated,
  asked: Pick<Terms, "purpose" | "basis" | "justification"> & {
    readonly recipientId: Uuid;
    readonly encloses: readonly Enclosing[];
    readonly type: Registered["type"];
    readonly referenceOf: (customerId: Uuid) => string;
  },
): Promise<Enclosures> {
  const { recipientId, type, purpose, basis, justification, encloses, referenceOf } = asked;
  const terms = { purpose, basis, justification, recipient: { type, recipientId } };
  const enclosed: Enclosed[] = [];
  const disclosures: Uuid[] = [];
  const units: Uuid[] = [];
  const restedOn: RestedOn[] = [];
  for (const { rested, paperId } of encloses) {
    const { customerId, id: authorizationId } = rested;
    const paper =
      paperId === null ? null : await context.documents.read(asker, { ...terms, customerId, recordId: paperId });
    const signed = await context.signedTerms(asker, { customerId, authorizationId });
    if (signed === null) throw new PackagesError("nothing-released");
    if (paper !== null) disclosures.push(paper.disclosureId);
    if (paper !== null) units.push(paper.unitId);
    restedOn.push(rested, ...(paper?.restedOn ?? []));
    enclosed.push({
      subject: referenceOf(customerId),
      ...signed,
      paper:
        paper === null
          ? null
          : {
              mediaType: paper.mediaType,
              sha256: paper.sha256,
              base64: Buffer.from(paper.bytes).toString("base64"),
            },
    });
  }
  return { enclosed, disclosures, units, restedOn };
}
