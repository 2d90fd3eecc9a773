// What verifies no caller while the customer is protected from somebody: what that one may know, and where that one may read along.
import { isProtected } from "../access/access.ts";
import { type HeldField, valueKey } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { CallersContext } from "./context.ts";
import { CallersError } from "./errors.ts";

/** True as well where the customer's state does not verify. */
export async function isUnderOrder(
  { access, clock }: Pick<CallersContext, "access" | "clock">,
  customerId: Uuid,
): Promise<boolean> {
  return isProtected((await access.authoritiesOf([customerId])).get(customerId)?.state, clock.now());
}

export interface ByContact {
  readonly recordId: Uuid;
  /** `contact.email` and the like. */
  readonly field: string;
}

interface Using {
  readonly customerId: Uuid;
  /** The call. */
  readonly serves: Uuid;
  readonly by: ByContact;
}

const CHANNELS: Readonly<Record<string, "email" | "phone">> = {
  "contact.email": "email",
  "contact.phone": "phone",
  "contact.mobile-phone": "phone",
};

/** How a field reaches somebody; null for one that does not. */
export function channelOf(field: string): "email" | "phone" | null {
  return CHANNELS[field] ?? null;
}

/**
 * The contact itself, for a code or to see that a call-back counts; shown to nobody. INVARIANT: under a protection order one that somebody else has too is none
 * (N.Y. Ins. Law 2612). Throws CallersError `unknown-contact`.
 */
export function useContact<Result>(
  context: CallersContext,
  { customerId, serves, by }: Using,
  use: (channel: "email" | "phone", contact: string) => Promise<Result>,
): Promise<Result> {
  const channel = channelOf(by.field);
  const choose = (held: readonly HeldField[]): readonly HeldField[] =>
    channel === null ? [] : held.filter((one) => one.recordId === by.recordId && one.field.path === by.field);
  const asked = { customerId, why: "caller-code", serves, recordTypes: ["contact"], choose } as const;
  return context.gate.useValues(asked, async (values) => {
    const contact = values.get(valueKey(by.recordId, by.field));
    if (channel === null || contact === undefined) throw new CallersError("unknown-contact");
    const isSheltered = await isUnderOrder(context, customerId);
    if (isSheltered && (await context.preferences.isShared({ customerId, channel, contact })))
      throw new CallersError("unknown-contact");
    return use(channel, contact);
  });
}
