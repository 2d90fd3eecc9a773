// Holds clients to their ceilings: requests, customers, fields, assignments; a person's requests count for the client they act through.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Allowance, GiveBack } from "./allowances.ts";
import { CEILING_WINDOWS, type CeilingName, type Ceilings } from "./ceilings.ts";
import type { ClientFile } from "./client-files.ts";
import type { SystemsContext } from "./context.ts";

/** What was reached, in words that are safe to show and to write down. */
export interface CeilingReached {
  readonly ceiling: CeilingName;
  readonly amount: number;
  readonly retryAfterSeconds: number;
}

export interface Spending {
  readonly customerIds: readonly Uuid[];
  readonly fields: number;
}

type Asker = Pick<Authenticated, "principalId" | "kind" | "role" | "via">;

/** Null when it is within the ceilings. What was taken of one ceiling is put back where another is reached. */
export async function spend(context: SystemsContext, asker: Asker, amounts: Amounts): Promise<CeilingReached | null> {
  const clientId = clientOf(asker);
  if (clientId === null) return null;
  const ceilings = ceilingsOf(context, await context.files.of(clientId));
  const taken: GiveBack[] = [];
  for (const [name, amount] of Object.entries(amounts) as [CeilingName, number][]) {
    const ceiling = ceilings[name];
    if (ceiling === null || amount === 0) continue;
    const got = await context.allowances.take(allowanceOf(clientId, name, ceiling), amount);
    if (got !== null) {
      taken.push(got);
      continue;
    }
    for (const giveBack of taken) giveBack();
    return { ceiling: name, amount: ceiling, retryAfterSeconds: secondsLeft(context, name) };
  }
  return null;
}

export type Amounts = Partial<Record<CeilingName, number>>;

/** Whose ceilings bind: the client's, also where it acts for a person; nobody's for people who sign in themselves. */
function clientOf(asker: Asker): Uuid | null {
  return asker.via ?? (asker.kind === "client" ? asker.principalId : null);
}

export function ceilingsOf(context: Pick<SystemsContext, "ceilings">, { principal, terms }: ClientFile): Ceilings {
  if (terms.ceilings !== null) return terms.ceilings;
  return context.ceilings(principal?.role ?? "service-account");
}

function allowanceOf(clientId: Uuid, of: CeilingName, ceiling: number): Allowance {
  return { clientId, of, windowSeconds: CEILING_WINDOWS[of], ceiling };
}

function secondsLeft({ clock }: SystemsContext, name: CeilingName): number {
  const window = CEILING_WINDOWS[name];
  return Math.max(1, Math.ceil(window - ((clock.now().getTime() / 1000) % window)));
}

const COUNTED_MAX = 200_000;

/**
 * Customers are counted once an hour and once a day by each process. INVARIANT: no more customers than the ceiling are shown in a window, over all
 * processes; who asks two of them about one customer spends two.
 */
export function customerCounter(context: SystemsContext) {
  const counted = new Map<string, true>();
  const keysOf = (clientId: Uuid, windowSeconds: number, ids: readonly Uuid[]): string[] => {
    const window = Math.floor(context.clock.now().getTime() / 1000 / windowSeconds);
    return [...new Set(ids)]
      .map((id) => `${clientId}/${windowSeconds}/${window}/${id}`)
      .filter((key) => !counted.has(key));
  };
  return async (asker: Asker, { customerIds, fields }: Spending): Promise<CeilingReached | null> => {
    const clientId = clientOf(asker);
    if (clientId === null) return null;
    const ofHour = keysOf(clientId, CEILING_WINDOWS.customersAnHour, customerIds);
    const ofDay = keysOf(clientId, CEILING_WINDOWS.customersADay, customerIds);
    const amounts = { customersAnHour: ofHour.length, customersADay: ofDay.length, fieldsAnHour: fields };
    const reached = await spend(context, asker, amounts);
    if (reached !== null) return reached;
    for (const key of [...ofHour, ...ofDay]) counted.set(key, true);
    for (const oldest of counted.keys()) {
      if (counted.size <= COUNTED_MAX) break;
      counted.delete(oldest);
    }
    return null;
  };
}

/** One request; where there are too many, the first of a minute is written down, for all processes together. */
export async function spendRequest(context: SystemsContext, asker: Authenticated): Promise<CeilingReached | null> {
  const reached = await spend(context, asker, { requestsAMinute: 1 });
  const clientId = clientOf(asker);
  if (reached === null || clientId === null) return reached;
  const isFirst = await context.allowances.take({ clientId, of: "told", windowSeconds: 60, ceiling: 1 }, 1);
  if (isFirst !== null) await recordReached(context, asker, reached);
  return reached;
}

async function recordReached({ ledger }: SystemsContext, asker: Authenticated, reached: CeilingReached): Promise<void> {
  await ledger.append({
    entryId: newId(),
    kind: "session",
    outcome: "denied",
    actorId: asker.principalId,
    customerId: null,
    recipientId: null,
    purpose: null,
    basis: null,
    classes: [],
    withheld: false,
    detail: {
      action: "request",
      refused: "ceiling-reached",
      ceiling: reached.ceiling,
      amount: reached.amount,
      ...(asker.via === undefined ? {} : { via: asker.via }),
    },
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
  });
}
