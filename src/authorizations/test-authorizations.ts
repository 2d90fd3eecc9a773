// For tests: a server with customers, somebody who captures their papers, somebody who rests on them, and the hours after.
import type { TestContext } from "node:test";
import { connect, type Client } from "../../sdk/client.ts";
import { openTestPortal, type TestCustomer, type TestPortal } from "../portal/test-portal.ts";
import { startTestProcess } from "../test-process.ts";

type Body = Parameters<Client["authorizations"]["record"]>[1];
type Terms = Omit<Body, "signed">;
type Signed = NonNullable<Body["signed"]>;
type Question = Parameters<Client["disclose"]>[0];

export interface ConsentScene extends TestCustomer {
  readonly terms: Terms;
  /** What the adjuster asks, but for the fields. */
  readonly question: Omit<Question, "fields">;
  signed(elements?: readonly string[]): Signed;
  record(
    by: Client,
    terms: { readonly [Key in keyof Terms]?: Terms[Key] | undefined },
    elements?: readonly string[],
  ): ReturnType<Client["authorizations"]["record"]>;
  ask(fields: readonly string[]): ReturnType<Client["disclose"]>;
  forms(fields: readonly string[]): Promise<string[]>;
  /** The customer, in the portal. */
  signIn(): Promise<Client>;
}

export interface ConsentBench extends TestPortal {
  readonly dpo: Client;
  /** Rests on what was captured. */
  readonly adjuster: Client;
  readonly adjusterToken: string;
  scene(): Promise<ConsentScene>;
  /** So many days from now. */
  day(days: number): string;
  later(seconds: number): void;
}

const DAY_MS = 86_400_000;
/** Statements of the Model 670 form. */
const STATEMENTS = ["plain-language", "disclosers", "copy"];
let made = 0;

export async function openConsentBench(): Promise<ConsentBench> {
  let offsetMs = 0;
  const clock = { now: () => new Date(Date.now() + offsetMs) };
  const portal = await openTestPortal({ clock });
  const hire = async (role: "dpo" | "claims-adjuster", purpose: "complaint" | "claim-handling") =>
    portal.server.createClient({ role, purposes: [purpose] });
  const [dpo, adjuster] = [await hire("dpo", "complaint"), await hire("claims-adjuster", "claim-handling")];
  const admin = portal.as(portal.server.admin.token);
  const day = (days: number): string => new Date(clock.now().getTime() + days * DAY_MS).toISOString();
  const clients = { dpo: portal.as(dpo.token), adjuster: portal.as(adjuster.token) };
  return {
    ...portal,
    ...clients,
    adjusterToken: adjuster.token,
    day,
    later: (seconds) => (offsetMs += seconds * 1000),
    scene: async () => {
      const email = `consent-${(made += 1)}@mailbox.example`;
      const customer = await portal.customer({ email });
      const { customerId } = customer;
      await admin.assignments.create({ customerId, clientId: dpo.principalId, kind: "case" });
      await admin.assignments.create({ customerId, clientId: adjuster.principalId, kind: "claim" });
      return sceneOf(clients.adjuster, customer, { day, signIn: async () => portal.as(await portal.signIn(email)) });
    },
  };
}

function sceneOf(
  adjuster: Client,
  customer: TestCustomer,
  { day, signIn }: Pick<ConsentBench, "day"> & Pick<ConsentScene, "signIn">,
): ConsentScene {
  const { customerId, recordIds } = customer;
  const question = { customerId, purpose: "claim-handling", basis: "authorization" } as const;
  const terms: Terms = {
    form: "naic-670-claim",
    classes: ["identity"],
    purposes: ["claim-handling"],
    recipients: [{ type: "none" }],
    expiresAt: day(200),
  };
  const signed: ConsentScene["signed"] = (elements = STATEMENTS) => ({
    documentId: recordIds.get("document")!,
    signedAt: day(-1),
    elements: [...elements],
  });
  const ask: ConsentScene["ask"] = (fields) =>
    adjuster.disclose({ ...question, fields: [...fields], justification: "to settle the claim" });
  return {
    ...customer,
    terms,
    question,
    signed,
    ask,
    signIn,
    record: (by, changed, elements) => {
      const body = { ...terms, ...changed, signed: signed(elements) };
      // What is given as undefined is left out.
      return by.authorizations.record(customerId, JSON.parse(JSON.stringify(body)) as Body);
    },
    forms: async (fields) => {
      const { fields: answered } = await ask(fields);
      return fields.map((path) => answered.find(({ field }) => field === path)?.form ?? "none");
    },
  };
}

/** The adjuster's client of the same database and keys in a process of its own. */
export async function inAnotherProcess(context: TestContext, bench: ConsentBench): Promise<Client> {
  const { database, dataFolder } = bench.server;
  const { url } = await startTestProcess(context, {
    UBERRIMA_DATABASE_URL: database.url,
    UBERRIMA_DATABASE_OWNER_URL: database.ownerUrl,
    UBERRIMA_KEYRING: `${dataFolder}/keyring`,
    UBERRIMA_DATA: `${dataFolder}-other`,
    UBERRIMA_LEASE_SECONDS: "5",
  });
  return connect({ url, token: bench.adjusterToken });
}
