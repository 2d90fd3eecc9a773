// Words of customers and of the office, sealed under the key of the customer's own relationship, and opened in the reader's name.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { RequestsContext } from "./context.ts";
import { RequestsError } from "./errors.ts";
import type { SealedWords } from "./request-row.ts";

interface Place {
  readonly customerId: Uuid;
  readonly requestId: Uuid;
  /** Which words of the request: they open nowhere else. */
  readonly part: string;
}

/** Throws RequestsError `no-relationship`. */
export async function sealWords({ vault }: RequestsContext, place: Place, words: string): Promise<SealedWords> {
  const { customerId, requestId, part } = place;
  const [subject] = await vault.loadForDecision([{ customerId }]);
  const unit = subject?.units.find(({ header }) => header.kind === "relationship" && header.status !== "erased");
  if (unit === undefined) throw new RequestsError("no-relationship");
  const { unitId } = unit.header;
  return { unitId, value: await vault.sealWaiting({ customerId, unitId, waitsIn: requestId, part }, words) };
}

export type Opened = (part: string) => string | null;

/** One entry in the reader's name for all of them. Null for what went with an erasure. */
export async function openWords(
  { gate }: RequestsContext,
  asker: Authenticated,
  of: { readonly customerId: Uuid; readonly requestId: Uuid },
  parts: ReadonlyMap<string, SealedWords>,
): Promise<Opened> {
  if (parts.size === 0) return () => null;
  const opened = await gate.readWaiting(asker, {
    customerId: of.customerId,
    why: "rights-words",
    waitsIn: of.requestId,
    fields: [],
    sealed: [...parts].map(([part, { unitId, value }]) => ({ part, unitId: asId(unitId), value })),
  });
  return (part) => {
    const text = opened.get(part);
    if (text === undefined) return null;
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : text;
  };
}
