// Asking for a code: the same work and the same answer for everybody, and only then a look at whose address it is.
import { putRow } from "../authority/authority.ts";
import { CODE_LIFETIME_MINUTES, CODE_LIFETIME_MS, newCode, spend } from "../codes/codes.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Language } from "../mail/mail.ts";
import { CHALLENGE } from "./challenge.ts";
import type { PortalContext } from "./context.ts";
import { PortalError } from "./errors.ts";
import { normaliseField } from "../vault/vault.ts";
import { type Claim, whoseAddress } from "./whose-address.ts";

export interface CodeRequest extends Claim {
  readonly language: Language;
  /** Where the request came from. */
  readonly address: string;
}

export interface Asked {
  readonly challengeId: Uuid;
  readonly expiresAt: Date;
}

interface Pending extends Asked {
  readonly code: string;
}

const WINDOW_MS = 15 * 60_000;
const DAY_MS = 86_400_000;
/** Households and offices share an address of the network; nobody needs more codes to one mailbox. */
const FROM_ONE_PLACE_MAX = 200;
const TO_ONE_ADDRESS_MAX = 5;
const TO_ONE_ADDRESS_A_DAY_MAX = 15;
const ALL_TOGETHER_MAX = 5000;
/** How many look-ups may wait at once. */
const WAITING_MAX = 500;

export interface CodeRequests {
  /** Throws MailError `not-configured`, CodesError `too-many`, PortalError `busy`. Says nothing of whether anybody has such an address. */
  ask(request: CodeRequest): Promise<Asked>;
  /** Resolves when every look-up so far is done. */
  settled(): Promise<void>;
}

export function openCodeRequests(context: PortalContext): CodeRequests {
  let lookUps: Promise<void> = Promise.resolve();
  let waiting = 0;
  return {
    settled: () => lookUps,
    ask: async (request) => {
      context.mail.requireSending();
      if (waiting >= WAITING_MAX) throw new PortalError("busy");
      await spend(context, allowances(request));
      const pending = await begin(context, request);
      waiting += 1;
      lookUps = lookUps
        .then(() => lookUp(context, request, pending))
        .catch(context.onFailure)
        .finally(() => {
          waiting -= 1;
        });
      return { challengeId: pending.challengeId, expiresAt: pending.expiresAt };
    },
  };
}

function allowances({ address, channel, contact }: CodeRequest) {
  const target = contact.trim().toLowerCase();
  return [
    { of: ["ask-from", address], most: FROM_ONE_PLACE_MAX, windowMs: WINDOW_MS },
    { of: ["ask-to", channel, target], most: TO_ONE_ADDRESS_MAX, windowMs: WINDOW_MS },
    { of: ["ask-to", channel, target], most: TO_ONE_ADDRESS_A_DAY_MAX, windowMs: DAY_MS },
    { of: ["ask"], most: ALL_TOGETHER_MAX, windowMs: WINDOW_MS },
  ];
}

async function begin({ access, authority, keys, clock }: PortalContext, { address }: CodeRequest): Promise<Pending> {
  const [challengeId, rowId, expiresAt] = [newId(), newId(), new Date(clock.now().getTime() + CODE_LIFETIME_MS)];
  const { code, kept } = newCode(keys, rowId);
  const attempt = { kind: "credential", action: "customer-sign-in.ask", actor: access.system, targets: [] } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const written = await authority.change(tx, {
      ownerId: challengeId,
      act,
      reads: [],
      make: () => [putRow(CHALLENGE, { rowId, endsAt: expiresAt, content: { ...kept, customerId: null } })],
    });
    return { result: null, written, detail: { challenge: challengeId, address } };
  });
  return { challengeId, code, expiresAt };
}

/** After the answer. INVARIANT: nobody waits for it, so how long it takes tells nobody anything. */
async function lookUp(context: PortalContext, request: CodeRequest, pending: Pending): Promise<void> {
  const whose = await whoseAddress(context, request);
  if (whose === null) return;
  const to = context.mail.addressOf(request.channel, destination(context, request));
  if (to === null) return;
  const letter = { to, language: request.language, expiresAt: pending.expiresAt };
  if (whose === "several") {
    await context.mail.put(context.database, { ...letter, name: "several-share-address", values: {} });
    return;
  }
  await send(context, pending, whose, letter);
}

type Addressed = Pick<Parameters<PortalContext["mail"]["put"]>[1], "to" | "language" | "expiresAt">;

async function send(context: PortalContext, pending: Pending, customerId: Uuid, letter: Addressed): Promise<void> {
  const { access, authority, mail } = context;
  const { challengeId, code } = pending;
  const attempt = { kind: "credential", action: "customer-sign-in.send", actor: access.system, targets: [] } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const written = await authority.change(tx, {
      ownerId: challengeId,
      act,
      reads: [CHALLENGE.kind],
      make: (live) => {
        const [row] = live.of(CHALLENGE, context.clock.now());
        // What was tried before it was sent is spent: the row stays as it is.
        return row === undefined ? [] : [putRow(CHALLENGE, { ...row, content: { ...row.content, customerId } })];
      },
    });
    const values = { code, minutes: CODE_LIFETIME_MINUTES };
    if (written.length > 0) await mail.put(tx, { ...letter, name: "sign-in-code", values, addressee: customerId });
    return { result: null, written, customers: [customerId], detail: { challenge: challengeId } };
  });
}

/**
 * Where the code goes: what was typed, since nothing is opened for it. INVARIANT: it reaches the mailbox that was found, so letters that only look the
 * same once they are folded (U+212A and k) are not let through. Telephone numbers become E.164.
 */
function destination({ vault }: PortalContext, { channel, contact }: CodeRequest): string {
  if (channel === "email") return /^[\x21-\x7e]+$/.test(contact.trim()) ? contact.trim() : "";
  const field = vault.registry.field("contact.phone");
  const normalised = field === null ? null : normaliseField(field, contact);
  return normalised?.ok === true ? normalised.value : "";
}
