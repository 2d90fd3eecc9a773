// For journeys: the portal of a whole server, customers with a mailbox, and signing in as they do.
import assert from "node:assert/strict";
import {
  customerToken,
  openTestPortal,
  type TestCustomer,
  type TestPerson,
  type TestPortal,
} from "../../src/portal/test-portal.ts";
import type { Uuid } from "../../src/kernel/bytes.ts";
import type { Visitor } from "./test-browser.ts";
import { freePort, type JourneyStage } from "./test-staff.ts";

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

/** The portal's server, as the pages for staff are reached on it; everybody invited by it has this address. */
export function staffStage({ bench, site, pass }: PortalStage, email: string): JourneyStage {
  const { server } = bench;
  const invite: JourneyStage["invite"] = async (name, changes = {}) => {
    const answer = await fetch(`${server.url}/v1/staff`, {
      method: "POST",
      headers: { authorization: `Bearer ${server.admin.token}`, "content-type": "application/json" },
      body: JSON.stringify({ name, email, entities: ["acme"], lines: ["auto"], ...changes }),
    });
    const body = (await answer.json()) as { staff: { staffId: string }; invitation: { link: string } };
    assert.equal(answer.status, 201, JSON.stringify(body));
    return { link: body.invitation.link, email, staffId: body.staff.staffId };
  };
  const { now } = server.app.domains.clock;
  return { server, site, pass, now, invite } as unknown as JourneyStage;
}

/** As after a passkey, which lets customers have all that is theirs. */
export async function signInStrongly(stage: PortalStage, { context }: Visitor, customerId: Uuid): Promise<void> {
  const value = await customerToken(stage.bench.server, customerId, "strong");
  await context.addCookies([{ name: "uberrima-portal", value, url: stage.site, httpOnly: true, sameSite: "Strict" }]);
}
