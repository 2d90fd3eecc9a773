// Running a recurring flow: its checks, then a package of what it names.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { PackagesContext } from "./context.ts";
import type { Enclosing } from "./enclose.ts";
import { PackagesError } from "./errors.ts";
import type { Flow } from "./flows.ts";
import { makePackage, type MadePackage, type PackageQuestion, type PackageRequest } from "./make-package.ts";
import { previewPackage, type PreviewedCustomer } from "./preview-package.ts";
import { type Attestation, authorizationsFor, type CheckResult, judgeChecks, requireChecks } from "./run-checks.ts";

/** A flow, and whoever it is run for. */
export interface FlowRun {
  readonly flow: string;
  readonly recipientId: Uuid;
  readonly subjects: PackageQuestion["subjects"];
  readonly justification: string | null;
  readonly attested: readonly Attestation[];
  readonly delivery: PackageRequest["delivery"];
  readonly mayDownload: boolean;
  readonly lifetimeHours: number;
}

type Previewing = Omit<FlowRun, "delivery" | "mayDownload" | "lifetimeHours">;

export interface PreviewedFlow {
  readonly customers: readonly PreviewedCustomer[];
  readonly checks: readonly CheckResult[];
}

/** Throws PackagesError `unknown-flow`, `not-for-recipient`, `not-served`, and what the gate throws. */
export async function previewFlow(
  context: PackagesContext,
  asker: Authenticated,
  run: Previewing,
): Promise<PreviewedFlow> {
  const flow = flowOf(context, run.flow);
  const question = await questionOfFlow(context, run);
  return {
    customers: await previewPackage(context, asker, question),
    checks: await judgeChecks(context, asker, { ...run, flow }),
  };
}

/** INVARIANT: nothing is disclosed to the recipient before every check of the flow holds. */
export async function runFlow(
  context: PackagesContext,
  asker: Authenticated,
  run: FlowRun,
  also?: AlsoWrite,
): Promise<MadePackage> {
  const flow = flowOf(context, run.flow);
  const { delivery, mayDownload, lifetimeHours } = run;
  const question = await questionOfFlow(context, run);
  const { subjects, checks } = await requireChecks(context, asker, { ...run, flow });
  const way = { delivery, mayDownload, lifetimeHours, format: flow.format, flow: flow.flow, checks };
  const smallestGroup = flow.smallestGroup ?? null;
  const along = {
    openUnits: openUnitsOf(flow, subjects),
    encloses: await enclosedBy(context, asker, { ...run, flow, subjects }),
  };
  const asked = { ...question, ...way, subjects, smallestGroup, ...along };
  return makePackage(context, asker, asked, also);
}

/** One of each customer: the newest. Several subjects of one customer may rest on the same. */
async function enclosedBy(
  context: PackagesContext,
  asker: Authenticated,
  run: Parameters<typeof authorizationsFor>[2],
): Promise<readonly Enclosing[]> {
  if (run.flow.encloses === undefined) return [];
  const newest = (await authorizationsFor(context, asker, run)).flatMap(([first]) => first ?? []);
  return [...new Map(newest.map((one) => [one.rested.id, one])).values()];
}

function openUnitsOf({ checks }: Flow, subjects: PackageQuestion["subjects"]): [Uuid, Uuid][] {
  if (!checks.some((check) => check.check === "one-unit" && check.isOpen)) return [];
  return subjects.flatMap(({ customerId, unitId }) => (unitId === null ? [] : [[customerId, unitId]]));
}

function flowOf({ flows }: PackagesContext, name: string): Flow {
  const flow = flows.get(name);
  if (flow === undefined) throw new PackagesError("unknown-flow");
  return flow;
}

async function questionOfFlow(
  context: PackagesContext,
  run: Pick<FlowRun, "flow" | "recipientId" | "subjects" | "justification">,
): Promise<PackageQuestion> {
  const { purpose, basis, fields, recipients } = flowOf(context, run.flow);
  const { recipientId, subjects, justification } = run;
  const standing = await context.recipients.standing(recipientId);
  if (standing === null) throw new PackagesError("not-served");
  if (!recipients.includes(standing.type)) throw new PackagesError("not-for-recipient");
  const wanted = fields.map(({ form, paths }) => ({ form, fields: paths }));
  return { recipientId, purpose, basis, wanted, subjects, justification };
}
