// For tests: a server with those who take in, review, approve and produce, and a customer whose information is demanded.
import type { Client } from "../../sdk/client.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { openTestPortal, type TestCustomer, type TestPortal } from "../portal/test-portal.ts";
import { COURT_ORDER } from "./test-court-order.ts";

type Draft = Parameters<Client["demands"]["takeIn"]>[0];
type Records = Parameters<Client["customers"]["addUnit"]>[1]["records"];
type Role = "litigation" | "compliance" | "dpo";

export interface Hired {
  readonly client: Client;
  readonly token: string;
  readonly principalId: Uuid;
}

export interface DemandScene extends TestCustomer {
  readonly email: string;
  /** A court order about the whole customer unless told otherwise. */
  draft(changed?: Partial<Draft>): Draft;
  /** The producer, with the matter in hand. */
  ask(fields: readonly string[], by?: Client): ReturnType<Client["disclose"]>;
  form(field: string, by?: Client): Promise<string>;
  /** The customer, in the portal. */
  signIn(): Promise<Client>;
}

export interface DemandsBench extends TestPortal {
  readonly clerk: Hired;
  readonly producer: Hired;
  readonly compliance: Hired;
  readonly dpo: Hired;
  /** With an e-mail address and a postal one on file, unless told otherwise. */
  scene(unlike?: {
    readonly contact?: false;
    readonly address?: false;
    readonly line?: "auto" | "health";
    /** More records of the policy. */
    readonly records?: Records;
  }): Promise<DemandScene>;
  hire(role: Role): Promise<Hired>;
  /** With the customer under examination. */
  examiner(customerId: Uuid): Promise<Hired>;
  /** Every check met, or not applicable where it may be; told as its kind asks. */
  settle(demandId: string): Promise<void>;
  /** By the two others. */
  approve(demandId: string): Promise<void>;
  /** Taken in by the clerk, settled, reviewed and approved by the two others. */
  approved(scene: DemandScene, changed?: Partial<Draft>): Promise<string>;
  later(days: number): void;
  now(): Date;
}

let made = 0;
const DAY_MS = 86_400_000;
export const EVERY_CLASS = ["identity", "contact", "underwriting"] as const;

export async function openDemandsBench(settings: Readonly<Record<string, string>> = {}): Promise<DemandsBench> {
  let offsetMs = 0;
  const clock = { now: () => new Date(Date.now() + offsetMs) };
  const portal = await openTestPortal({ clock, settings });
  const hire = async (role: Role): Promise<Hired> => {
    const purposes = role === "litigation" ? (["litigation"] as const) : (["complaint"] as const);
    const rows = role === "compliance" ? ({ rowScope: "everything-masked" } as const) : {};
    const { token, principalId } = await portal.server.createClient({ role, purposes: [...purposes], ...rows });
    return { client: portal.as(token), token, principalId };
  };
  const [clerk, producer] = [await hire("litigation"), await hire("litigation")];
  const [compliance, dpo] = [await hire("compliance"), await hire("dpo")];
  const writer = await portal.server.createClient({ role: "underwriter", purposes: ["underwriting"] });
  const settle = async (demandId: string): Promise<void> => {
    const { checks, kind } = await clerk.client.demands.read(demandId);
    for (const { id, mayNotApply } of checks)
      await clerk.client.demands.check(demandId, { id, answer: mayNotApply ? "not-applicable" : "met" });
    const isBefore = kind === "subpoena";
    await clerk.client.demands.notice(demandId, { mode: isBefore ? "before" : "after" });
    if (isBefore) await clerk.client.demands.tell(demandId);
  };
  const approve = async (demandId: string): Promise<void> => {
    await compliance.client.demands.approve(demandId);
    await dpo.client.demands.approve(demandId);
  };
  return {
    ...portal,
    approve,
    clerk,
    producer,
    compliance,
    dpo,
    hire,
    examiner: (customerId) => makeExaminer(portal, customerId),
    settle,
    approved: async (scene, changed) => {
      const { demandId } = await clerk.client.demands.takeIn(scene.draft(changed));
      await settle(demandId);
      await compliance.client.demands.review(demandId);
      await approve(demandId);
      return demandId;
    },
    now: clock.now,
    later: (days) => (offsetMs += days * DAY_MS),
    scene: (unlike) => makeScene(portal, { writer, producer, dpo }, unlike),
  };
}

async function makeExaminer({ server, as }: TestPortal, customerId: Uuid): Promise<Hired> {
  const scope = { role: "regulator-examiner", purposes: ["regulator-exam"] } as const;
  const { token, principalId } = await server.createClient({ ...scope, purposes: [...scope.purposes] });
  await as(server.admin.token).assignments.create({ customerId, clientId: principalId, kind: "exam" });
  return { client: as(token), token, principalId };
}

interface Makers extends Pick<DemandsBench, "producer" | "dpo"> {
  readonly writer: { readonly token: string; readonly principalId: Uuid };
}

async function makeScene(
  portal: TestPortal,
  { writer, producer, dpo }: Makers,
  { contact, address, line = "auto", records: more = [] }: Parameters<DemandsBench["scene"]>[0] = {},
): Promise<DemandScene> {
  const email = `subject-${(made += 1)}@mailbox.example`;
  const reached = contact === false ? {} : { email };
  const customer = await portal.customer(address === false ? { ...reached, address } : reached);
  const { customerId } = customer;
  const admin = portal.as(portal.server.admin.token);
  const records = [{ type: "underwriting", fields: { "risk-class": "B" } }, ...more];
  await admin.assignments.create({ customerId, clientId: writer.principalId, kind: "submission" });
  await portal.as(writer.token).customers.addUnit(customerId, { kind: "policy", ...PLACE, line, records });
  const given = [
    [producer, "matter"],
    [dpo, "case"],
  ] as const;
  for (const [{ principalId: clientId }, kind] of given) await admin.assignments.create({ customerId, clientId, kind });
  const signIn = (): Promise<Client> => signedIn(portal, customerId);
  return { ...sceneOf(customer, producer.client, signIn), email };
}

const SESSION_SECONDS = 86_400;

async function signedIn({ server, as }: TestPortal, customerId: Uuid): Promise<Client> {
  const { access, signIns } = server.app.domains;
  const { token } = await signIns.sessions.start({
    principalId: await access.enrolCustomer(customerId, access.system),
    methods: ["one-time-code"],
    isStrong: false,
    isPhishingResistant: false,
    lifetimeSeconds: SESSION_SECONDS,
    idleSeconds: SESSION_SECONDS,
    device: "test",
    address: "127.0.0.1",
  });
  return as(token);
}

const PLACE = { entity: "acme", brand: "acme" } as const;

function sceneOf(customer: TestCustomer, producer: Client, signIn: DemandScene["signIn"]): Omit<DemandScene, "email"> {
  const { customerId, recordIds } = customer;
  const ask: DemandScene["ask"] = (fields, by = producer) =>
    by.disclose({
      customerId,
      purpose: "litigation",
      basis: "legal-demand",
      fields: [...fields],
      justification: "named by the order",
    });
  return {
    ...customer,
    ask,
    signIn,
    form: async (field, by) => (await ask([field], by)).fields[0]?.form ?? "none",
    draft: (changed = {}) => ({
      ...COURT_ORDER,
      document: { customerId, recordId: recordIds.get("document")! },
      named: [{ customerId, classes: [...EVERY_CLASS] }],
      ...changed,
    }),
  };
}
