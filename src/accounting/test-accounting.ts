// For tests: a portal with customers, looks at them as the gate writes them, and their lists.
import type { Client } from "../../sdk/client.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Basis, Purpose } from "../kernel/vocabulary.ts";
import type { EntryDraft } from "../ledger/ledger.ts";
import { customerSession, openTestPortal, type TestPortal } from "../portal/test-portal.ts";

export type ListPage = Awaited<ReturnType<Client["portal"]["accounting"]["list"]>>;

export interface Look {
  readonly customerId: Uuid;
  readonly purpose?: Purpose;
  readonly basis?: Basis;
  readonly role?: string;
  readonly recipientType?: string | null;
  readonly outcome?: "allowed" | "partial" | "denied";
  readonly withheld?: boolean;
  readonly others?: readonly Uuid[];
  readonly more?: EntryDraft["detail"];
}

export interface TestAccounting {
  readonly bench: TestPortal;
  pass(ms: number): void;
  /** Signed in as the customer, for long. */
  sessionOf(customerId: Uuid): Promise<Client>;
  lookAt(look: Look): EntryDraft;
  /** Written one after another; their entries' ids. */
  write(...looks: readonly Look[]): Promise<Uuid[]>;
}

export async function openTestAccounting(settings: Readonly<Record<string, string>> = {}): Promise<TestAccounting> {
  let offsetMs = 0;
  const bench = await openTestPortal({ clock: { now: () => new Date(Date.now() + offsetMs) }, settings });
  const asked = { role: "claims-adjuster", purposes: ["claim-handling"] } as const;
  const { principalId } = await bench.server.createClient(asked);
  const lookAt = (look: Look): EntryDraft => draftOf(principalId, look);
  return {
    bench,
    pass: (ms) => void (offsetMs += ms),
    sessionOf: (customerId) => customerSession(bench, customerId),
    lookAt,
    write: async (...looks) => {
      const drafts = looks.map(lookAt);
      for (const draft of drafts) await bench.server.app.domains.ledger.append(draft);
      return drafts.map(({ entryId }) => entryId);
    },
  };
}

/** An entry as the gate writes it. */
function draftOf(staff: Uuid, look: Look): EntryDraft {
  const { customerId, purpose = "claim-handling", basis = "role-duty", outcome = "allowed", others = [] } = look;
  const subjects = [customerId, ...others];
  const fields = [
    { form: "clear", input: 0, path: "person.last-name", record: null, revision: null },
    { form: "denied", input: 0, path: "claim.narrative", record: null, revision: null },
  ];
  return {
    entryId: newId(),
    kind: "disclosure",
    outcome,
    actorId: staff,
    customerId: others.length === 0 ? customerId : null,
    recipientId: null,
    purpose,
    basis,
    classes: ["identity"],
    withheld: look.withheld ?? false,
    detail: {
      role: look.role ?? "claims-adjuster",
      actorRevision: 1,
      policyRevision: 1,
      wanted: "clear",
      standardView: false,
      recipientType: look.recipientType ?? null,
      justification: null,
      customers: subjects.map((customer) => ({ customer, fields, unit: null })),
      inputs: [{ relationship: "none", on: "caseOpen" }],
      ...look.more,
    },
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
    ...(others.length === 0
      ? {}
      : {
          subjects: subjects.map((id) => ({ customerId: id, outcome, classes: ["identity"] as const, revision: null })),
        }),
  };
}

/** Every page of a list, and how long each was. */
export async function allOf(self: Client, query: Parameters<Client["portal"]["accounting"]["list"]>[0] = {}) {
  const items: ListPage["items"] = [];
  const sizes: number[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await self.portal.accounting.list({ ...query, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    sizes.push(page.items.length);
    if (page.next === null) return { items, sizes };
    cursor = page.next;
  }
}

export const ids = (items: ListPage["items"]) => items.map(({ entryId }) => entryId);
