// What a principal's questions rest on, told to the gate: read once a revision of the principal, and remembered by it.
import type { Authenticated } from "../access/access.ts";
import type { LiveRows, Row } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Basis, DataClass, Purpose, Role } from "../kernel/vocabulary.ts";
import type { GrantsContext } from "./context.ts";
import {
  ATTESTATION,
  GRANT,
  stateOf,
  type AttestationContent,
  type ElevationContent,
  type GrantContent,
} from "./rows.ts";
import type { AttestationRules } from "./rules.ts";

/** The gate's shape of it. */
export interface GrantGrounds {
  readonly asker: {
    readonly trainingCurrent: boolean;
    readonly policiesAcknowledged: boolean;
    readonly breakGlass: boolean;
    readonly elevation: ({ readonly grantId: Uuid } & ElevationContent["lends"]) | "not-in-force" | null;
  };
  readonly customers: ReadonlyMap<
    Uuid,
    { readonly approved: readonly DataClass[]; readonly conflictDeclared: boolean }
  >;
  readonly relied: readonly { readonly [key: string]: string }[];
}

interface Asked {
  readonly purpose: Purpose;
  readonly basis: Basis;
  readonly as?: Uuid | undefined;
}

export type GatherGrantGrounds = (
  asker: Authenticated,
  customerIds: readonly Uuid[],
  asked: Asked,
) => GrantGrounds | Promise<GrantGrounds>;

const REMEMBERED_MAX = 20_000;

interface Remembered {
  readonly revision: number;
  /** Null where what is stored does not verify. */
  readonly live: LiveRows | null;
}

/**
 * INVARIANT: every change of these rows moves the principal's revision in its own transaction (`changeOwn`), and the asker was read before they are: rows
 * remembered under a revision are never older than it, and the ledger's guard refuses a decision taken on an older one. So memory needs no time limit.
 */
export function createGatherer(
  context: Pick<GrantsContext, "authority" | "database" | "clock" | "rules">,
): GatherGrantGrounds {
  const remembered = new Map<Uuid, Remembered>();
  return (asker, customerIds, asked) => {
    // Customers ask about themselves, and the server about nobody: neither is lent anything.
    if (asker.kind === "customer" || asker.kind === "system") return nothingLent(asked);
    const told = (live: LiveRows | null): GrantGrounds =>
      live === null ? unbelieved(customerIds, asked) : groundsOf(context, asker, { live, customerIds, asked });
    const known = remembered.get(asker.principalId);
    return known?.revision === asker.revision ? told(known.live) : readRows(context, remembered, asker).then(told);
  };
}

async function readRows(
  { authority, database }: Pick<GrantsContext, "authority" | "database">,
  remembered: Map<Uuid, Remembered>,
  { principalId, revision }: Authenticated,
): Promise<LiveRows | null> {
  const live = (await authority.liveOfMany(database, [GRANT, ATTESTATION], [principalId])).get(principalId) ?? null;
  remembered.delete(principalId);
  remembered.set(principalId, { revision, live });
  if (remembered.size > REMEMBERED_MAX) remembered.delete(remembered.keys().next().value as Uuid);
  return live;
}

const lentNothing = ({ as }: Asked): "not-in-force" | null => (as === undefined ? null : "not-in-force");

function nothingLent(asked: Asked): GrantGrounds {
  return {
    asker: { trainingCurrent: true, policiesAcknowledged: true, breakGlass: false, elevation: lentNothing(asked) },
    customers: new Map(),
    relied: [],
  };
}

/** INVARIANT: rows that do not verify grant nothing, and what they may have held back is held back. */
function unbelieved(customerIds: readonly Uuid[], asked: Asked): GrantGrounds {
  return {
    asker: { trainingCurrent: false, policiesAcknowledged: false, breakGlass: false, elevation: lentNothing(asked) },
    customers: new Map(customerIds.map((id) => [id, { approved: [], conflictDeclared: true }])),
    relied: [],
  };
}

interface Gathered {
  readonly live: LiveRows;
  readonly customerIds: readonly Uuid[];
  readonly asked: Asked;
}

function groundsOf(
  { clock, rules }: Pick<GrantsContext, "clock" | "rules">,
  asker: Authenticated,
  { live, customerIds, asked }: Gathered,
): GrantGrounds {
  const now = clock.now();
  const attested = live.of(ATTESTATION, now).map(({ content }) => content);
  const grants = live.of(GRANT, now).filter((row) => stateOf(row, now) === "in-force");
  const emergency = invoked(grants, asked);
  const lending = grants.find((row) => row.rowId === asked.as && row.content.form === "elevation");
  const lends = lending?.content.form === "elevation" ? { grantId: lending.rowId, ...lending.content.lends } : null;
  const role = lends?.role ?? asker.role;
  const approvals = customerIds.flatMap((id) => approvalsFor(grants, id, asked));
  return {
    asker: {
      // Machines are not trained.
      ...(asker.kind === "client"
        ? { trainingCurrent: true, policiesAcknowledged: true }
        : standing(rules.attestations, role, attested)),
      breakGlass: emergency !== undefined,
      elevation: lends ?? lentNothing(asked),
    },
    customers: new Map(customerIds.map((id) => [id, customerPart(id, approvals, attested)])),
    relied: [
      ...(emergency === undefined ? [] : [{ kind: "break-glass", id: emergency.rowId }]),
      ...(lending === undefined ? [] : [{ kind: "elevation", id: lending.rowId, approvedBy: approversOf(lending) }]),
      ...approvals.map((row) => ({ kind: "two-person", id: row.rowId, approvedBy: approversOf(row) })),
    ],
  };
}

/** An emergency access is invoked by the purpose and the basis, both, and by nothing else. */
function invoked(grants: readonly Row<GrantContent>[], { purpose, basis }: Asked): Row<GrantContent> | undefined {
  if (purpose !== "emergency" || basis !== "emergency") return undefined;
  return grants.find(({ content }) => content.form === "break-glass");
}

function approvalsFor(grants: readonly Row<GrantContent>[], customerId: Uuid, { purpose }: Asked): Row<GrantContent>[] {
  return grants.filter(
    ({ content }) => content.form === "two-person" && content.customerId === customerId && content.purpose === purpose,
  );
}

const approversOf = ({ content }: Row<GrantContent>): string => content.decisions.map(({ by }) => by).join(" ");

function customerPart(
  customerId: Uuid,
  approvals: readonly Row<GrantContent>[],
  attested: readonly AttestationContent[],
): { readonly approved: readonly DataClass[]; readonly conflictDeclared: boolean } {
  return {
    approved: approvals.flatMap(({ content }) =>
      content.form === "two-person" && content.customerId === customerId ? content.classes : [],
    ),
    conflictDeclared: attested.some((each) => each.what === "conflict" && each.customerId === customerId),
  };
}

/** What the role that is acted in must have attested: the policies as they read now. */
function standing(
  { required, policies }: AttestationRules,
  role: Role,
  attested: readonly AttestationContent[],
): Pick<GrantGrounds["asker"], "trainingCurrent" | "policiesAcknowledged"> {
  const needed = required[role] ?? { courses: [], policies: [] };
  const isPassed = (course: string): boolean =>
    attested.some((each) => each.what === "training" && each.course === course);
  const isAcknowledged = (policy: string): boolean =>
    attested.some(
      (each) => each.what === "policy" && each.policy === policy && each.version === policies[policy]?.version,
    );
  return {
    trainingCurrent: needed.courses.every(isPassed),
    policiesAcknowledged: needed.policies.every(isAcknowledged),
  };
}
