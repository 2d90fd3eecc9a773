// Whether somebody is who they say: tried a few times, and where that fails by documents or in person.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { changeRequest, findRequest, getRequest } from "./change-request.ts";
import type { Customer, RequestsContext } from "./context.ts";
import { RequestsError } from "./errors.ts";
import { isOpen, type Method, type RequestContent } from "./request-row.ts";

export interface Tried {
  readonly requestId: Uuid;
  readonly method: Exclude<Method, "signed-in">;
  readonly passed: boolean;
}

const TRIES_MAX = 3;
/** Whoever looks at papers or at the person is not guessing. */
const FALLBACK: ReadonlySet<Method> = new Set(["documents", "in-person", "agent-authority"]);

export async function tryIdentity(
  context: RequestsContext,
  asker: Authenticated,
  { requestId, method, passed }: Tried,
  also?: AlsoWrite,
): Promise<void> {
  const { ownerId } = await findRequest(context, requestId);
  const now = context.clock.now().toISOString();
  const changing = { asker, action: "right.verify", customerId: ownerId, requestId, step: "identity", also } as const;
  await changeRequest(context, { ...changing, detail: { method, passed } }, ({ content }) => {
    requireUnverified(content);
    const failed = content.identity.tries.filter((each) => !each.passed && !FALLBACK.has(each.method));
    if (failed.length >= TRIES_MAX && !FALLBACK.has(method)) throw new RequestsError("too-many-tries");
    if (content.identity.tries.length >= 20) throw new RequestsError("too-much");
    // An agent's papers are only ever those that were filed.
    if (method === "agent-authority" && content.authorityDocumentId === null)
      throw new RequestsError("unknown-document");
    const tries = [...content.identity.tries, { at: now, by: asker.principalId, method, passed }];
    if (!passed) return { ...content, identity: { ...content.identity, tries } };
    return known({ ...content, identity: { status: "verified", method, at: now, tries } });
  });
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
