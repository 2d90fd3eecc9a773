// For attacks: clients that go on working whatever dies under them, repeat what was not answered, and remember what was.
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "../../../sdk/client.ts";
import { feedOf, policyRow } from "../../../src/import/test-feed.ts";
import type { Crew } from "../test-crew.ts";
import type { Person } from "../test-stage.ts";
import { type Created, type Evidence, type Given, secretOf } from "./test-evidence.ts";
import type { Place } from "./test-place.ts";
import { type Moment, pick, type Random } from "./test-plan.ts";

export interface Work {
  readonly place: Place;
  readonly evidence: Evidence;
  readonly crew: Crew;
  readonly reader: Person;
  readonly feed: Person;
  readonly random: Random;
  readonly seed: number;
  /** Aborted when the killing is over: what is begun is still brought to its end. */
  readonly over: AbortSignal;
  /** Something is under way at which a kill may aim. */
  readonly reach: (moment: Moment) => void;
}

const RETRY_MS = 40;
const GIVE_UP_MS = 90_000;
const ROWS = 300;

interface Call {
  readonly method: "GET" | "POST" | "PATCH";
  readonly path: string;
  readonly body?: object;
  readonly key?: string;
  readonly signal?: AbortSignal;
}

/** One request to a server that runs; never throws. */
export async function send({ place, evidence }: Work, by: Person, call: Call): Promise<Given> {
  evidence.operations += 1;
  let text = "";
  let status = 0;
  try {
    const answer = await fetch(`${await place.url()}${call.path}`, {
      method: call.method,
      headers: {
        authorization: `Bearer ${by.token}`,
        ...(call.body === undefined ? {} : { "content-type": "application/json" }),
        ...(call.key === undefined ? {} : { "idempotency-key": call.key }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    });
    status = answer.status;
    const decoder = new TextDecoder();
    for await (const part of answer.body ?? []) text += decoder.decode(part as Uint8Array, { stream: true });
    return { status, text, whole: true };
  } catch {
    return { status, text, whole: false };
  }
}

/** Repeats until it is answered: with the same key it is done once. While servers are being killed it never gives up. */
export async function insist(work: Work, by: Person, call: Call): Promise<Record<string, unknown>> {
  let endMs = Infinity;
  while (Date.now() < endMs) {
    const given = await send(work, by, call);
    if (given.whole && given.status < 300 && given.status > 0) return JSON.parse(given.text) as Record<string, unknown>;
    if (given.whole && given.status < 500) throw new Error(`${call.path} was refused: ${given.status} ${given.text}`);
    if (work.over.aborted) endMs = Math.min(endMs, Date.now() + GIVE_UP_MS);
    await sleep(RETRY_MS);
  }
  throw new Error(`${call.path} was never answered`);
}

let made = 0;

/** A customer in the reader's hands. */
async function bringIn(work: Work): Promise<Created> {
  made += 1;
  const at = made;
  const [email, narrative] = [secretOf(work.seed, 2 * at), secretOf(work.seed, 2 * at + 1)];
  const place = { entity: "acme", brand: "acme", line: "life" };
  const contact = { type: "contact", fields: { email: `${email}@case.example` } };
  const draft = {
    kind: "person",
    units: [
      { kind: "relationship", ...place, records: [contact] },
      { kind: "claim", ...place, records: [{ type: "claim", fields: { number: `CL-${at}`, narrative } }] },
    ],
  };
  const key = `customer-${at}`;
  const { customerId, units } = await insist(work, work.crew.maker, {
    method: "POST",
    path: "/v1/customers",
    body: draft,
    key,
  });
  const claimId = (units as readonly { readonly kind: string; readonly unitId: string }[])[1]!.unitId;
  const secrets = [email, narrative];
  const customer = { key, draft, customerId: String(customerId), claimId, secrets, erased: false };
  const assignment = { customerId, clientId: work.reader.clientId, kind: "claim" };
  const assigning = { method: "POST", path: "/v1/assignments", body: assignment, key: `assign-${at}` } as const;
  const first = await insist(work, work.crew.admin, assigning);
  if (work.random() < 0.3) {
    const again = await insist(work, work.crew.admin, assigning);
    if (again["assignmentId"] !== first["assignmentId"])
      work.evidence.contradictions.push(`${assigning.key} was done twice`);
  }
  return customer;
}

export async function write(work: Work): Promise<void> {
  while (!work.over.aborted) {
    work.evidence.created.push(await bringIn(work));
    await sleep(work.random() * 50);
  }
}

/** The answer to whoever asks for everything of a customer that the reader may see. */
export function question(customerId: string): object {
  return {
    customerId,
    purpose: "claim-handling",
    fields: ["claim.narrative", "contact.email"],
    justification: "torture must not hurt anybody",
  };
}

export async function read(work: Work): Promise<void> {
  while (!work.over.aborted) {
    await sleep(work.random() * 20);
    const living = work.evidence.created.filter(({ erased }) => !erased);
    if (living.length === 0) await sleep(RETRY_MS);
    else work.evidence.given.push(await send(work, work.reader, reading(work.random, living)));
  }
}

function reading(random: Random, living: readonly Created[]): Call {
  const { customerId } = pick(random, living);
  if (random() < 0.8) return { method: "POST", path: "/v1/disclosures", body: question(customerId) };
  const [other] = living;
  const customers = [...new Set([customerId, other!.customerId])].map((id) => ({ customerId: id }));
  const { customerId: _one, ...terms } = question(customerId) as { customerId: string };
  return { method: "POST", path: "/v1/disclosures/batch", body: { customers, ...terms } };
}

export async function erase(work: Work): Promise<void> {
  while (!work.over.aborted) {
    const customer = await bringIn(work);
    const given = await send(work, work.reader, {
      method: "POST",
      path: "/v1/disclosures",
      body: question(customer.customerId),
    });
    work.evidence.given.push(given);
    const body = { customerId: customer.customerId, reason: "torture must not hurt anybody" };
    const path = `/v1/customers/${customer.customerId}/units/${customer.claimId}`;
    const closing = { method: "PATCH", path, body: { status: "closed" }, key: `close-${customer.key}` } as const;
    await insist(work, work.reader, closing);
    work.reach("erasure");
    const call = { method: "POST", path: "/v1/erasures", body, key: `erase-${customer.key}` } as const;
    const { erasureId } = await insist(work, work.crew.dpo, call);
    customer.erased = true;
    work.evidence.created.push(customer);
    work.evidence.erasures.push({ erasureId: String(erasureId), customer });
    await sleep(300 + work.random() * 700);
  }
}

/** File after file, each gone on with until it is done. */
export async function feedIn(work: Work): Promise<void> {
  const { evidence } = work;
  for (let file = 0; !work.over.aborted; file += 1) {
    const { bytes, sha256 } = feedOf(Array.from({ length: ROWS }, (_, row) => policyRow(file * ROWS + row)));
    for (let run = null; run?.state !== "done";) {
      try {
        evidence.operations += 1;
        const client = connect({ url: await work.place.url(), token: work.feed.token });
        const started = await client.imports.start({ mapping: "life-policy", sizeBytes: bytes.length, sha256 });
        const onProgress = (): void => work.reach("import");
        run = await client.imports.send(started, new Blob([bytes]), { onProgress });
        const { totals } = run;
        evidence.imports.push({
          bytes,
          sha256,
          totals,
          customersCreated: totals.customersCreated,
          records: totals.created,
        });
      } catch {
        await sleep(RETRY_MS);
      }
    }
  }
}

const DOMAINS = ["wrapping", "authority", "index", "ledger-detail"];

/** A rotation that is cut off is gone on with by whoever rotates next; the last one is not waited for. */
export async function rotate(work: Work): Promise<void> {
  for (let at = Math.floor(work.random() * DOMAINS.length); !work.over.aborted; await sleep(RETRY_MS)) {
    work.reach("rotation");
    const body = { domain: DOMAINS[at % DOMAINS.length] };
    const call = { method: "POST", path: "/v1/keys/rotations", body, signal: work.over } as const;
    const { status, whole } = await send(work, work.crew.security, call);
    if (!whole || status !== 200) continue;
    work.evidence.rotations += 1;
    at += 1;
  }
}
