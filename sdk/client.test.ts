// The client: answers are held against the contract, failures are one kind of error, and lost connections say so.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Client, connect } from "./client.ts";
import { SdkError } from "./sdk-error.ts";

const ID = "01980000-0000-7000-8000-000000000000";
const PROBLEM = {
  type: "tag:uberrima.org,2026:problem/rate-limited",
  title: "Rate limited",
  status: 429,
  code: "rate-limited",
  detail: "too many requests: wait as long as Retry-After says",
};

interface Seen {
  readonly url: string;
  readonly init: RequestInit;
}

/** A client whose requests are answered by `answers`, one after the other. */
function clientOf(...answers: readonly (Response | Error)[]): { readonly client: Client; readonly seen: Seen[] } {
  const seen: Seen[] = [];
  const queue = [...answers];
  const client = connect({
    url: "https://uberrima.example/base",
    token: "secret-token",
    fetch: async (url, init) => {
      seen.push({ url, init });
      const answer = queue.shift() ?? assert.fail("one request more than expected");
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  return { client, seen };
}

const json = (body: unknown, status = 200, headers = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });

test("fills in path and query, and sends token and idempotency key", async () => {
  const { client, seen } = clientOf(json({ id: ID }), json({ items: [], next: null }));
  await client.assignments.end(ID, ID);
  await client.ledger.accounting(ID, { limit: 10 });
  assert.equal(seen[0]?.url, `https://uberrima.example/base/v1/customers/${ID}/assignments/${ID}`);
  assert.equal(new Headers(seen[0]?.init.headers).get("authorization"), "Bearer secret-token");
  assert.match(seen[1]?.url ?? "", /\?limit=10$/);
  const { client: other, seen: sent } = clientOf(json({ clientId: ID, status: "suspended" }));
  await other.clients.change(ID, { status: "suspended" }, { idempotencyKey: "one" });
  assert.equal(new Headers(sent[0]?.init.headers).get("idempotency-key"), "one");
  assert.equal(sent[0]?.init.redirect, "error", "a token is not carried to wherever an answer points");
});

test("a problem document becomes an error with its code, status and time to wait", async () => {
  const { client } = clientOf(json(PROBLEM, 429, { "retry-after": "7" }));
  await assert.rejects(client.operations.schema(), (error: SdkError) => {
    assert.ok(error instanceof SdkError);
    assert.deepEqual([error.code, error.status, error.retryAfterSeconds], ["rate-limited", 429, 7]);
    assert.deepEqual(error.problem, PROBLEM);
    return true;
  });
});

test("an answer that is not of the agreed form is refused, whatever its status", async () => {
  for (const answer of [json({ surprise: 1 }), new Response("<html>"), new Response("bad gateway", { status: 502 })]) {
    await assert.rejects(clientOf(answer).client.operations.leakage(), { code: "unexpected-answer" });
  }
});

test("no answer at all is told apart, without the platform's words for it", async () => {
  const { client } = clientOf(new TypeError("fetch failed: connect ECONNREFUSED 10.0.0.1"));
  await assert.rejects(client.ledger.log(), {
    code: "unreachable",
    message: "no answer from https://uberrima.example",
  });
});

test("a receipt is waited for until a checkpoint covers it", async () => {
  const early = { ...PROBLEM, status: 503, code: "not-yet-published" };
  const { client, seen } = clientOf(json(early, 503), json(early, 503), new Response("c2sp.org/tlog-proof@v1\n"));
  assert.equal(await client.ledger.receipt(ID), "c2sp.org/tlog-proof@v1\n");
  assert.equal(seen.length, 3);
  const impatient = clientOf(json(early, 503));
  await assert.rejects(impatient.client.ledger.receipt(ID, 0), { code: "not-yet-published" });
});

const NO_TOTALS = {
  rows: 0,
  created: 0,
  corrected: 0,
  unchanged: 0,
  rejected: 0,
  customersCreated: 0,
  customers: 0,
  suggestions: 0,
  warnings: 0,
  warningKinds: {},
  sums: {},
};
const run = (offsetBytes: number, state: "running" | "done") => {
  return {
    importId: ID,
    mapping: "life-policy",
    state,
    startedBy: ID,
    approval: "not-needed" as const,
    offsetBytes,
    line: 1,
    origin: null,
    totals: NO_TOTALS,
  };
};
const lines = (...events: readonly object[]): Response =>
  new Response(events.map((event) => `${JSON.stringify(event)}\n`).join(""));

test("a file is sent in parts from where the server is, a part without a whole line again and longer", async () => {
  const { client, seen } = clientOf(
    lines({ event: "progress", offsetBytes: 12, line: 2 }, { event: "end", run: run(12, "running") }),
    lines({ event: "end", run: run(12, "running") }),
    lines({ event: "end", run: run(40, "done") }),
  );
  const progress: number[] = [];
  const options = { partBytes: 10, onProgress: (offset: number) => progress.push(offset) };
  const done = await client.imports.send(run(4, "running"), new Blob(["x".repeat(40)]), options);
  assert.equal(done.state, "done");
  assert.deepEqual(progress, [12]);
  assert.deepEqual(
    seen.map(({ url, init }) => [new URL(url).search, (init.body as Blob).size]),
    [
      ["?offset=4", 10],
      ["?offset=12", 10],
      ["?offset=12", 20],
    ],
  );
});

test("an import whose answer breaks off, or ends in a problem, fails as such", async () => {
  const cut = clientOf(lines({ event: "progress", offsetBytes: 5, line: 2 }));
  await assert.rejects(cut.client.imports.send(run(0, "running"), new Blob(["abc"])), { code: "unreachable" });
  const refused = clientOf(lines({ event: "problem", problem: { ...PROBLEM, code: "too-many-rejects" } }));
  await assert.rejects(refused.client.imports.send(run(0, "running"), new Blob(["abc"])), { code: "too-many-rejects" });
  const stuck = clientOf(lines({ event: "end", run: run(0, "running") }));
  await assert.rejects(stuck.client.imports.send(run(0, "running"), new Blob(["abc"])), { code: "unexpected-answer" });
});
