// The checks of a flow, executed when it is run: what fails is told with what would satisfy it; what only a person knows, they attest.
import type { Authenticated } from "../access/access.ts";
import { type BatchQuestion, restingOn, type Subject } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { parseId } from "../kernel/ids.ts";
import { isInForce } from "../recipients/recipients.ts";
import type { PackagesContext } from "./context.ts";
import type { Enclosing } from "./enclose.ts";
import { PackagesError } from "./errors.ts";
import type { AttestedCheck, FlowCheck } from "./flow-check.ts";
import { sayCheck } from "./flow-check.ts";
import type { Flow } from "./flows.ts";
import type { CheckedContent } from "./package-row.ts";

/** Said by whoever runs it; they answer for it. */
export interface Attestation {
  readonly attest: string;
  readonly reference: string | null;
  /** Records of type `document`, one of each customer. */
  readonly documents: readonly { readonly customerId: Uuid; readonly recordId: Uuid }[];
}

export interface Checking {
  readonly flow: Flow;
  readonly recipientId: Uuid;
  readonly subjects: readonly Subject[];
  readonly attested: readonly Attestation[];
  readonly justification: string | null;
}

export interface CheckResult {
  readonly check: FlowCheck;
  readonly isMet: boolean;
}

export interface Checked {
  /** Without those that are left out. */
  readonly subjects: readonly Subject[];
  readonly checks: readonly CheckedContent[];
}

const DOCUMENT = "document";

/** Nothing is opened, but for the dates of an age-off, disclosed to the asker. Throws PackagesError `checks-failed`, and what the gate throws. */
export async function requireChecks(context: PackagesContext, asker: Authenticated, run: Checking): Promise<Checked> {
  const failed = (await judgeChecks(context, asker, run)).filter(({ isMet }) => !isMet);
  if (failed.length > 0)
    throw new PackagesError(
      "checks-failed",
      failed.map(({ check }) => `${check.check}: ${sayCheck(check)}`),
    );
  let { subjects } = run;
  for (const check of run.flow.checks)
    if (check.check === "age-off") subjects = await youngEnough(context, asker, { ...run, subjects }, check);
  if (subjects.length === 0) throw new PackagesError("nothing-released");
  const leftOut = run.subjects.length - subjects.length;
  return {
    subjects,
    checks: run.flow.checks.map((check) => ({
      check: check.check,
      ...(check.check === "attested" ? attestedOf(run, check) : { attest: null, reference: null }),
      leftOut: check.check === "age-off" ? leftOut : 0,
    })),
  };
}

/** Which hold now; an age-off holds by leaving out. */
export async function judgeChecks(
  context: PackagesContext,
  asker: Authenticated,
  run: Checking,
): Promise<readonly CheckResult[]> {
  return Promise.all(run.flow.checks.map(async (check) => ({ check, isMet: await holds(context, asker, run, check) })));
}

async function holds(
  context: PackagesContext,
  asker: Authenticated,
  run: Checking,
  check: FlowCheck,
): Promise<boolean> {
  switch (check.check) {
    case "contract-in-force":
    case "fields-of-contract":
    case "contract-excludes":
    case "jurisdiction-of-contract":
      return isContractMet(context, run, check);
    case "no-classes": {
      const classes: readonly string[] = check.classes;
      const isSent = pathsOf(run.flow).some((path) => classes.includes(context.classOf(path) ?? ""));
      return !isSent || run.attested.some(({ attest }) => attest === check.unless);
    }
    case "only-purpose":
      return run.flow.purpose === check.purpose;
    case "authorization-in-force":
      return isAuthorized(context, asker, run, null);
    case "one-unit":
      return isOneUnit(context, run, check);
    case "in-no-book":
      return isInNoBook(context, run);
    case "age-off":
      return true;
    case "least-group":
      return (run.flow.smallestGroup ?? 0) >= check.people;
    case "attested":
      return isAttested(context, asker, run, check);
  }
}

type ContractCheck = Extract<
  FlowCheck,
  { readonly check: "contract-in-force" | "fields-of-contract" | "contract-excludes" | "jurisdiction-of-contract" }
>;

async function isContractMet(
  { recipients, clock, classOf }: PackagesContext,
  { flow, recipientId }: Checking,
  check: ContractCheck,
): Promise<boolean> {
  const { recipient, contracts } = await recipients.file(recipientId);
  const standing = contracts.filter((row) => isInForce(row, clock.now())).map(({ content }) => content);
  const forIt = standing.filter(({ purposes }) => purposes.includes(flow.purpose));
  switch (check.check) {
    case "contract-in-force":
      return forIt.some(({ kind }) => check.kinds.includes(kind));
    case "fields-of-contract":
      return forIt.some(({ classes, fields }) =>
        pathsOf(flow).every((path) => {
          const dataClass = classOf(path);
          return dataClass !== null && classes.includes(dataClass) && (fields === null || fields.includes(path));
        }),
      );
    case "contract-excludes":
      return standing.every(({ purposes }) => purposes.every((purpose) => !check.purposes.includes(purpose)));
    case "jurisdiction-of-contract": {
      // Wherever it is worked on: by the recipient, and by whomever they hand it on to.
      const places = [recipient.content, ...recipient.content.subcontractors].map(({ jurisdiction }) => jurisdiction);
      return forIt.some(({ jurisdictions }) => places.every((place) => covers(jurisdictions, place)));
    }
  }
}

async function isInNoBook({ access }: PackagesContext, { subjects }: Checking): Promise<boolean> {
  const given = await access.assignmentsFor(subjects.map(({ customerId }) => customerId));
  return subjects.every(({ customerId, unitId: inHand }) => {
    // Unread is not free: who cannot be told has none here either, and is refused at the gate.
    const theirs = (given.get(customerId) ?? []).filter(({ kind }) => kind === "book");
    return !theirs.some(({ unitId }) => unitId === null || inHand === null || unitId === inHand);
  });
}

/** A country covers its states. */
function covers(jurisdictions: readonly string[], where: string): boolean {
  return jurisdictions.some((one) => one === where || where.startsWith(`${one}-`));
}

/** As the gate itself reads it: by the one that is named, or by any. */
async function isAuthorized(
  context: PackagesContext,
  asker: Authenticated,
  run: Checking,
  named: Uuid | null,
): Promise<boolean> {
  const found = await authorizationsFor(context, asker, run);
  return found.every((theirs) => theirs.some(({ rested }) => named === null || rested.id === named));
}

/** Of each of those whom it is run for, in their order: what is in force for the flow and this recipient, the newest first. */
export async function authorizationsFor(
  { access, recipients, entitlements }: PackagesContext,
  asker: Authenticated,
  { flow, recipientId, subjects }: Pick<Checking, "flow" | "recipientId" | "subjects">,
): Promise<readonly (readonly Enclosing[])[]> {
  const standing = await recipients.standing(recipientId);
  if (standing === null) return subjects.map(() => []);
  const authorities = await access.authoritiesOf(subjects.map(({ customerId }) => customerId));
  const asked = [...authorities].map(([customerId, { revision }]) => ({ customerId, revision }));
  const terms = {
    purpose: flow.purpose,
    basis: "authorization",
    recipient: { type: standing.type, recipientId },
  } as const;
  const found = await entitlements(asker, asked, terms);
  return subjects.map(({ customerId, unitId }) =>
    (found.get(customerId) ?? [])
      .filter(
        ({ kind, unitIds }) =>
          kind === "authorization" && (unitIds === null || (unitId !== null && unitIds.includes(unitId))),
      )
      .toSorted((one, other) => Date.parse(other.agreedAt ?? "") - Date.parse(one.agreedAt ?? ""))
      .map((one) => ({ rested: restingOn(customerId, one), paperId: one.paperId })),
  );
}

type UnitCheck = Extract<FlowCheck, { readonly check: "one-unit" }>;

async function isOneUnit({ vault }: PackagesContext, { subjects }: Checking, check: UnitCheck): Promise<boolean> {
  for (const { customerId, unitId } of subjects) {
    const unit = unitId === null ? null : await vault.loadUnit({ customerId, unitId });
    if (unit?.header.kind !== check.kind) return false;
    if (check.isOpen && unit.header.status !== "open") return false;
  }
  return true;
}

async function isAttested(
  context: PackagesContext,
  asker: Authenticated,
  run: Checking,
  check: AttestedCheck,
): Promise<boolean> {
  const said = run.attested.find(({ attest }) => attest === check.attest);
  if (said === undefined) return false;
  // Papers have numbers and dates; an id is that of an authorization kept here, which is looked up and not believed.
  const named = said.reference === null ? null : parseId(said.reference);
  if (named !== null && !(await isAuthorized(context, asker, run, named))) return false;
  if (check.needs === "nothing") return true;
  if (check.needs === "reference") return said.reference !== null;
  for (const { customerId } of run.subjects) {
    const letter = said.documents.find((one) => one.customerId === customerId);
    if (letter === undefined) return false;
    const [stored] = await context.vault.loadRecords([customerId], { recordId: letter.recordId });
    if (stored?.record.recordType !== DOCUMENT) return false;
  }
  return true;
}

function attestedOf({ attested }: Checking, { attest }: AttestedCheck): Pick<CheckedContent, "attest" | "reference"> {
  const said = attested.find((one) => one.attest === attest);
  const documents = said?.documents.map(({ recordId }) => recordId).join(" ") ?? "";
  return { attest, reference: said?.reference ?? (documents === "" ? null : documents) };
}

type AgeOff = Extract<FlowCheck, { readonly check: "age-off" }>;

/** Read by the asker, since what is too old goes to nobody. */
async function youngEnough(
  context: PackagesContext,
  asker: Authenticated,
  { flow, subjects, justification }: Checking,
  { field, years }: AgeOff,
): Promise<readonly Subject[]> {
  const { purpose, basis } = flow;
  const question: BatchQuestion = {
    purpose,
    basis,
    fields: [field],
    form: "clear",
    recipient: null,
    justification,
    subjects,
  };
  const { customers } = await context.gate.disclose(asker, question);
  const oldest = yearsBack(context.clock.now(), years);
  return subjects.filter((_, at) => {
    const dates = (customers[at]?.fields ?? []).map(({ form, value }) => (form === "clear" ? (value ?? "") : ""));
    return dates.length > 0 && dates.every((date) => date !== "" && date.slice(0, 10) >= oldest);
  });
}

function yearsBack(now: Date, years: number): string {
  const today = Temporal.PlainDate.from(now.toISOString().slice(0, 10));
  return today.subtract({ years }).toString();
}

function pathsOf({ fields }: Flow): string[] {
  return fields.flatMap(({ paths }) => paths);
}
