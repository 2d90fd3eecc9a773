// What a call says of the requests that rest on it, as it is found under the lock: an ended one, or one that verified nobody, says nothing and is not written again.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { LiveRows } from "../authority/authority.ts";
import { newId } from "../kernel/ids.ts";
import { type CallContent, REQUESTS_MAX } from "./call-row.ts";
import { showsRequest } from "./verified-calls.ts";

const clock = { now: () => new Date() };
const call: CallContent = {
  agentId: newId(),
  purpose: "policy-servicing",
  caller: "customer",
  representativeId: null,
  interpreter: null,
  code: null,
  questions: null,
  calledBack: null,
  verifiedBy: "code",
  isJudged: false,
  requests: [],
};

/** What it would write, were the call as given; null for one that is over. */
function writtenOf(content: CallContent | null) {
  const [callId, requestId] = [newId(), newId()];
  const row = content === null ? null : { rowId: callId, ownerId: newId(), revision: 1, endsAt: null, content };
  const live = { get: (_: unknown, rowId: string) => (rowId === callId ? row : null) } as unknown as LiveRows;
  return { requestId, change: showsRequest({ clock }, callId, requestId).row(live) };
}

test("a call that is over by then is not written again, nor one that verified nobody or showed too much already", () => {
  const full = { ...call, requests: Array.from({ length: REQUESTS_MAX }, () => newId()) };
  for (const content of [null, { ...call, verifiedBy: null }, full]) assert.equal(writtenOf(content).change, null);
});

test("a call under way keeps what it showed before", () => {
  const before = newId();
  const { requestId, change } = writtenOf({ ...call, requests: [before] });
  const { content } = change as unknown as { readonly content: CallContent };
  assert.deepEqual(content, { ...call, requests: [before, requestId] });
});
