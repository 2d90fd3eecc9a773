// Customers sign in: a code to an address that is on file, and a session of their own for it.
import { type CodeRequests, openCodeRequests } from "./ask-code.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { PortalContext } from "./context.ts";
import { writeOfPasskeys } from "./passkey-letter.ts";
import { type CodeTry, redeemCode, type SignedIn } from "./redeem-code.ts";

export type { UseContacts } from "./context.ts";
export type { PortalErrorCode } from "./errors.ts";

export interface Portal extends CodeRequests {
  /** Throws PortalError `wrong-code`, CodesError `too-many`. */
  redeem(tried: CodeTry): Promise<SignedIn>;
  /** Tells a customer of a passkey that came or went. Never fails. */
  writeOfPasskeys(customerId: Uuid, factorId: Uuid): Promise<void>;
}

export function openPortal(context: PortalContext): Portal {
  return {
    ...openCodeRequests(context),
    redeem: (tried) => redeemCode(context, tried),
    writeOfPasskeys: (customerId, factorId) => writeOfPasskeys(context, customerId, factorId),
  };
}
