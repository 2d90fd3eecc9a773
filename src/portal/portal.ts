// What faces customers: signing in by a code to an address that is on file, and what we hold about them.
import type { Authenticated } from "../access/access.ts";
import { type CodeRequests, openCodeRequests } from "./ask-code.ts";
import type { PortalContext } from "./context.ts";
import { type OwnFile, ownFile, type OwnFileParts, type OwnFileQuestion } from "./own-file.ts";
import { type CustomerLetter, writeToCustomer } from "./customer-letter.ts";
import { type CodeTry, redeemCode, type SignedIn } from "./redeem-code.ts";

export type { PortalErrorCode } from "./errors.ts";
export type { OwnFile } from "./own-file.ts";
export { loadTopics, type Topics } from "./topics.ts";

export interface Portal extends CodeRequests {
  /** Throws PortalError `wrong-code`, CodesError `too-many`. */
  redeem(tried: CodeTry): Promise<SignedIn>;
  /** Tells a customer of what happened, wherever they are to be reached. Never fails. */
  write(letter: CustomerLetter): Promise<void>;
  readonly topics: OwnFileParts["topics"];
  /** Throws PortalError `unknown-file`, GateError. */
  file(asker: Authenticated, question: OwnFileQuestion): Promise<OwnFile>;
}

export function openPortal(context: PortalContext & OwnFileParts): Portal {
  return {
    ...openCodeRequests(context),
    redeem: (tried) => redeemCode(context, tried),
    topics: context.topics,
    file: (asker, question) => ownFile(context, asker, question),
    write: (letter) => writeToCustomer(context, letter),
  };
}
