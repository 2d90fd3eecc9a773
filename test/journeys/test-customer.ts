// For journeys: the portal of a whole server, customers with a mailbox, and signing in as they do.
import assert from "node:assert/strict";
import { openTestPortal, type TestCustomer, type TestPerson, type TestPortal } from "../../src/portal/test-portal.ts";
import type { Visitor } from "./test-browser.ts";
import { freePort } from "./test-staff.ts";

export interface PortalStage {
  readonly bench: TestPortal;
  /** Passkeys are bound to names, not to addresses. */
  readonly site: string;
  /** Turns the server's clock. */
  pass(ms: number): void;
  /** A customer with a mailbox of their own, known for days. */
  customer(person?: TestPerson): Promise<TestCustomer & { readonly email: string }>;
  close(): Promise<void>;
}

/** Codes to one address are few in a quarter of an hour. */
const BETWEEN_MS = 240_000;
let made = 0;

export async function setPortalStage(): Promise<PortalStage> {
  let offsetMs = 0;
  const clock = { now: () => new Date(Date.now() + offsetMs) };
  const port = await freePort();
  const site = `http://localhost:${port}`;
  const bench = await openTestPortal({
    clock,
    settings: { UBERRIMA_PORT: String(port), UBERRIMA_PUBLIC_URL: site },
  });
  return {
    bench,
    site,
    pass: (ms) => {
      offsetMs += ms;
    },
    customer: async (person = {}) => {
      const email = person.email ?? `somebody.${(made += 1)}@mailbox.example`;
      return { ...(await bench.customer({ ...person, email })), email };
    },
    close: () => bench.close(),
  };
}

/** By a code, without the way through the pages that other journeys try. */
export async function signInCustomer(stage: PortalStage, { context }: Visitor, email: string): Promise<void> {
  stage.pass(BETWEEN_MS);
  const { challengeId } = await stage.bench.anybody.portal.askCode({ contact: email });
  await stage.bench.deliver();
  const answer = await context.request.post(`${stage.site}/v1/portal/sessions`, {
    data: { challengeId, code: stage.bench.codeTo(email) ?? "none", as: "cookie" },
    headers: { "x-uberrima-request": "portal", origin: stage.site },
  });
  assert.equal(answer.status(), 201, await answer.text());
}
