// Whoever asks as a customer: the papers that legal demands are written on are not there for them, at no address and in no count.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { StoredRecord } from "../vault/vault.ts";

/** Records of the customers' papers that demands rest on, open or closed; null for whom that cannot be believed. Asked after the customers were read. */
export type DemandedPapers = (customerIds: readonly Uuid[]) => Promise<ReadonlyMap<Uuid, ReadonlySet<Uuid> | null>>;
export const nothingDemanded: DemandedPapers = () => Promise.resolve(new Map());

const PAPER = "document";

/** INVARIANT: where what is demanded cannot be believed, no paper is shown. Nothing is read for others, nor where no paper is asked for. */
export async function withoutDemanded(
  { demandedPapers }: { readonly demandedPapers: DemandedPapers },
  asker: Pick<Authenticated, "customerId">,
  held: readonly (readonly StoredRecord[])[],
): Promise<readonly (readonly StoredRecord[])[]> {
  const papers = held.flat().filter(({ record }) => record.recordType === PAPER);
  if (asker.customerId === null || papers.length === 0) return held;
  const demanded = await demandedPapers([...new Set(papers.map(({ record }) => record.customerId))]);
  const isDemanded = ({ record }: StoredRecord): boolean => {
    const theirs = demanded.get(record.customerId);
    return record.recordType === PAPER && (theirs === null || theirs?.has(record.recordId) === true);
  };
  return held.map((records) => records.filter((stored) => !isDemanded(stored)));
}
