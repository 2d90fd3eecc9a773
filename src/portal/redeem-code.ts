// A code is tried: judged and counted under its row's lock, and, once right, exchanged for a session of the customer's own principal.
import { AccessError } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import { CODE_LIFETIME_MS, judgeCode, spend } from "../codes/codes.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import { countsNow, customerStanding, type StartedSession } from "../signin/signin.ts";
import { CHALLENGE } from "./challenge.ts";
import type { PortalContext } from "./context.ts";
import { PortalError } from "./errors.ts";

export interface CodeTry {
  readonly challengeId: Uuid;
  readonly code: string;
  readonly device: string;
  readonly address: string;
}

export interface SignedIn extends StartedSession {
  readonly principalId: Uuid;
  readonly customerId: Uuid;
}

const WINDOW_MS = 15 * 60_000;
const FROM_ONE_PLACE_MAX = 600;
const ALL_TOGETHER_MAX = 10_000;
const SESSION_SECONDS = 3600;
const IDLE_SECONDS = 900;

/** Throws PortalError `wrong-code`, whatever is wrong, CodesError `too-many`, SignInError `not-in-force`. */
export async function redeemCode(context: PortalContext, tried: CodeTry): Promise<SignedIn> {
  const { sessions } = context;
  const { address, device } = tried;
  await spend(context, [
    { of: ["try-from", address], most: FROM_ONE_PLACE_MAX, windowMs: WINDOW_MS },
    { of: ["try"], most: ALL_TOGETHER_MAX, windowMs: WINDOW_MS },
  ]);
  const right = await judge(context, tried);
  if (right === null) return refuse(context, tried);
  const { customerId, sentAt } = right;
  // INVARIANT: a code of before a protection order may have gone to the other party, and the dead and minors have none: it is a wrong one.
  if (!countsNow(await customerStanding(context, customerId), sentAt)) return refuse(context, tried);
  const principalId = await enrolled(context, customerId);
  if (principalId === null) return refuse(context, tried);
  const session = await sessions.start({
    principalId,
    methods: ["one-time-code"],
    // One factor: whoever reads the mailbox has it (docs/decisions/0055).
    isStrong: false,
    isPhishingResistant: false,
    lifetimeSeconds: SESSION_SECONDS,
    idleSeconds: IDLE_SECONDS,
    device,
    address,
  });
  return { ...session, principalId, customerId };
}

/** Null for whoever was erased since the code went out: it leads to nobody then, like every wrong one. */
async function enrolled({ access }: PortalContext, customerId: Uuid): Promise<Uuid | null> {
  try {
    return await access.enrolCustomer(customerId, access.system);
  } catch (error) {
    if (error instanceof AccessError && error.code === "erased") return null;
    throw error;
  }
}

interface Right {
  readonly customerId: Uuid;
  readonly sentAt: Date;
}

/** The customer whose code it was; null for all else. */
async function judge(context: PortalContext, { challengeId, code }: CodeTry): Promise<Right | null> {
  const { access, authority, clock, database, keys } = context;
  // A challenge that never was gets no row of its own.
  const [standing] = await authority.live(database, CHALLENGE, challengeId);
  if (standing === undefined) return null;
  const attempt = { kind: "credential", action: "customer-sign-in.try", actor: access.system, targets: [] } as const;
  return access.write(attempt, async ({ tx, act }) => {
    let found: Right | null = null;
    let isRight = false;
    const written = await authority.change(tx, {
      ownerId: challengeId,
      act,
      reads: [CHALLENGE.kind],
      make: (live) => {
        const [row] = live.of(CHALLENGE, clock.now());
        if (row === undefined) return [];
        const { customerId, ...kept } = row.content;
        const judged = judgeCode(keys, row.rowId, kept, code);
        isRight = judged.isRight && customerId !== null;
        const sentAt = new Date((row.endsAt?.getTime() ?? 0) - CODE_LIFETIME_MS);
        found = isRight && customerId !== null ? { customerId: asId(customerId), sentAt } : null;
        if (judged.kept === null) return [{ end: row.rowId }];
        return [putRow(CHALLENGE, { ...row, content: { ...judged.kept, customerId } })];
      },
    });
    return { result: found, written, detail: { challenge: challengeId, isRight } };
  });
}

/** The entry is committed before the refusal is answered. It names nobody: nobody has proven to be anybody. */
async function refuse({ ledger }: PortalContext, { challengeId, address }: CodeTry): Promise<never> {
  await ledger.append({
    entryId: newId(),
    kind: "sign-in",
    outcome: "denied",
    actorId: null,
    customerId: null,
    recipientId: null,
    purpose: null,
    basis: null,
    classes: [],
    withheld: false,
    detail: { action: "customer-sign-in.try", method: "one-time-code", challenge: challengeId, address },
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
  });
  throw new PortalError("wrong-code");
}
