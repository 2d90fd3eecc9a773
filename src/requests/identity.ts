// Whether somebody is who they say: by a call in which they were verified, by papers, or seen in person; never by whoever filed for them.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { changeRequest, findRequest, getRequest } from "./change-request.ts";
import type { Customer, RequestsContext } from "./context.ts";
import { isOneOf } from "./decide.ts";
import { RequestsError } from "./errors.ts";
import { isOpen, type RequestContent } from "./request-row.ts";

/** Whoever looks at papers or at the person says what they saw. A code or an answer is nobody's word: the call that it verified is named. */
export type Tried = { readonly requestId: Uuid } & (
  | { readonly method: "documents" | "in-person" | "agent-authority"; readonly passed: boolean }
  | { readonly method: "call"; readonly callId: string }
);

const TRIES_MAX = 20;
const SHOWN_BY = { questions: "knowledge", code: "code", "call-back": "call-back" } as const;

/** Throws RequestsError `own-filing`, `call-needed`, `unknown-document`, `wrong-state`. */
export async function tryIdentity(
  context: RequestsContext,
  asker: Authenticated,
  tried: Tried,
  also?: AlsoWrite,
): Promise<void> {
  const { requestId } = tried;
  const { ownerId, content: seen } = await findRequest(context, requestId);
  const isOwn = await isOneOf(context, asker, [seen.filedBy]);
  const { method, passed, callId } =
    tried.method === "call" ? await shownByCall(context, ownerId, tried.callId) : { ...tried, callId: null };
  const alongside = callId === null ? undefined : context.calls.shows(callId, requestId);
  const now = context.clock.now().toISOString();
  const changing = {
    asker,
    action: "right.verify",
    customerId: ownerId,
    requestId,
    step: "identity",
    also,
    alongside,
  } as const;
  await changeRequest(context, { ...changing, detail: { method, passed, call: callId } }, ({ content }) => {
    // INVARIANT: whoever wrote a request down does not vouch for who made it.
    if (isOwn) throw new RequestsError("own-filing");
    requireUnverified(content);
    if (content.identity.tries.length >= TRIES_MAX) throw new RequestsError("too-much");
    // An agent's papers are only ever those that were filed.
    if (method === "agent-authority" && content.authorityDocumentId === null)
      throw new RequestsError("unknown-document");
    const tries = [...content.identity.tries, { at: now, by: asker.principalId, method, passed, callId }];
    if (!passed) return { ...content, identity: { ...content.identity, tries } };
    return known({ ...content, identity: { status: "verified", method, at: now, tries } });
  });
}

/** What failed was counted where it failed: in the calls, for the customer, whatever they asked for (src/callers). */
async function shownByCall({ calls }: RequestsContext, customerId: Uuid, callId: string) {
  const call = (await calls.verified(customerId)).find((one) => one.callId === callId);
  if (call === undefined) throw new RequestsError("call-needed");
  return { method: SHOWN_BY[call.by], passed: true, callId: call.callId };
}

/** The customer, signed in, stands by what was filed for them. */
export function confirmOwn(
  context: RequestsContext,
  asker: Customer,
  requestId: Uuid,
  also?: AlsoWrite,
): Promise<void> {
  const at = { customerId: asker.customerId, requestId };
  const now = context.clock.now().toISOString();
  const changing = { asker, action: "right.open", ...at, step: "confirmed", also, isOwn: true } as const;
  return getRequest(context, at).then(() =>
    changeRequest(context, changing, ({ content }) => {
      requireUnverified(content);
      const { tries } = content.identity;
      return known({ ...content, identity: { status: "verified", method: "signed-in", at: now, tries } });
    }),
  );
}

function requireUnverified(content: RequestContent): void {
  if (!isOpen(content) || content.identity.status !== "unverified") throw new RequestsError("wrong-state");
}

function known(content: RequestContent): RequestContent {
  return content.state === "verifying" ? { ...content, state: "in-progress" } : content;
}
