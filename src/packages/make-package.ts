// Making a package: disclosed through the gate and recorded, then encrypted, then put where it waits to be picked up.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import type {
  BatchQuestion,
  DisclosureAnswer,
  FieldAnswer,
  Registered,
  Subject,
  WantedForm,
} from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Basis, Purpose } from "../kernel/vocabulary.ts";
import type { PackagesContext } from "./context.ts";
import { type Contents, contentsOf, csvOf, jsonOf, released } from "./contents.ts";
import { type Enclosing, enclose } from "./enclose.ts";
import { PackagesError } from "./errors.ts";
import { insertFile } from "./file-store.ts";
import { type CheckedContent, GROUNDS_MAX, PACKAGE, type PackageContent, UNITS_MAX } from "./package-row.ts";
import { digestOf, lookupOf, referenceFor, sealFor, sealForRoom, type SealedFile } from "./seal-file.ts";
import { counted, suppressed } from "./suppression.ts";
import { requireServed } from "./served.ts";
import { statementsWith } from "./statements.ts";

/** Fields wanted in one form; each is a disclosure of its own. */
export interface Wanted {
  readonly form: WantedForm;
  readonly fields: readonly string[];
}

export interface PackageQuestion {
  readonly recipientId: Uuid;
  readonly purpose: Purpose;
  readonly basis: Basis;
  readonly wanted: readonly Wanted[];
  readonly subjects: readonly Subject[];
  readonly justification: string | null;
  readonly as?: Uuid | undefined;
}

export interface PackageRequest extends PackageQuestion {
  readonly delivery: "key" | "room";
  readonly format: "json" | "csv";
  readonly flow: string | null;
  /** Counts of groups of at least so many leave in place of values; null sends the values. */
  readonly smallestGroup: number | null;
  readonly mayDownload: boolean;
  readonly lifetimeHours: number;
  /** Of the flow: those that held. */
  readonly checks?: readonly CheckedContent[];
  readonly openUnits?: PackageContent["openUnits"];
  /** What was signed goes along. */
  readonly encloses?: readonly Enclosing[];
}

export interface MadePackage {
  readonly packageId: Uuid;
  /** For the link; shown once. */
  readonly secret: string;
}

const FILE_BYTES_MAX = 8 * 1024 * 1024;
const HOUR_MS = 3_600_000;

/**
 * INVARIANT: everything in the file was released by a disclosure to this recipient, whose entry is durable before the file exists. Throws PackagesError
 * `not-served`, `no-key`, `no-contact`, `nothing-released`, `too-large`, and what the gate throws.
 */
export async function makePackage(
  context: PackagesContext,
  asker: Authenticated,
  asked: PackageRequest,
  also?: AlsoWrite,
): Promise<MadePackage> {
  const standing = await requireServed(context, asked);
  const { encloses = [] } = asked;
  if (encloses.length > 0 && asked.delivery === "room" && !asked.mayDownload) throw new PackagesError("wants-keeping");
  const way = await wayTo(context, asked);
  // Before anything is decided: a no that is said while it is made holds it back as one that is said after.
  const madeAt = context.clock.now();
  const answered: { readonly question: BatchQuestion; readonly answer: DisclosureAnswer }[] = [];
  for (const question of questionsFor(asked, standing))
    answered.push({ question, answer: await context.gate.disclose(asker, question) });
  const answers = answered.map(({ answer }) => answer);
  const fields = answers.flatMap(({ customers }) => customers.flatMap((each) => each.fields));
  const count = fields.filter(released).length;
  if (count === 0) throw new PackagesError("nothing-released");
  // Counts of groups name nobody, and no words of anybody.
  const statements = await statementsWith(context, asker, asked.smallestGroup === null ? answered : []);
  const referenceOf = (customerId: Uuid): string => referenceFor(context.keys, asked.recipientId, customerId);
  const along = await enclose(context, asker, { ...asked, encloses, type: standing.type, referenceOf });
  const packageId = newId();
  const shown = answers.map(({ disclosureId }) => disclosureId);
  const disclosures = [...shown, ...statements.disclosures, ...along.disclosures];
  const head = { package: packageId, recipient: way.name, purpose: asked.purpose, madeAt: madeAt.toISOString() };
  const whole = contentsOf({ ...head, disclosures }, answers, {
    referenceOf,
    statementsOf: (customerId) => statements.byCustomer.get(customerId) ?? [],
  });
  const values = along.enclosed.length === 0 ? whole : { ...whole, enclosed: along.enclosed };
  const contents = asked.smallestGroup === null ? values : groupsOf(whole, asked.smallestGroup);
  const paths = [...asked.wanted.flatMap((each) => each.fields), ...(asked.smallestGroup === null ? [] : [COUNT])];
  const text = asked.delivery === "key" && asked.format === "csv" ? csvOf(contents, paths) : jsonOf(contents);
  if (Buffer.byteLength(text) > FILE_BYTES_MAX) throw new PackagesError("too-large");
  const sealed = await way.seal(text);
  const counts = { disclosures, released: count, refused: fields.length - count };
  const putting = {
    asked,
    packageId,
    sealed,
    keyId: way.keyId,
    counts,
    grounds: groundsOf([...answers, along]),
    units: unitsOf(fields, [...statements.units, ...along.units]),
    madeAt,
  };
  await put(context, asker, putting, also);
  return { packageId, secret: sealed.secret };
}

/** Each once: several questions may rest on the same. Throws PackagesError `too-large`. */
function groundsOf(answers: readonly Pick<DisclosureAnswer, "restedOn">[]): PackageContent["grounds"] {
  const rested = answers.flatMap(({ restedOn }) => restedOn);
  const each = new Map(rested.map((one) => [`${one.customerId} ${one.kind} ${one.id} ${one.reach}`, one]));
  if (each.size > GROUNDS_MAX) throw new PackagesError("too-large");
  return [...each.values()].map(({ customerId, kind, id, reach }) => [customerId, kind, id, reach]);
}

/** Where what leaves stands: none of it leaves once one of them is erased. Throws PackagesError `too-large`. */
function unitsOf(fields: readonly FieldAnswer[], besides: readonly Uuid[]): readonly Uuid[] {
  const given = fields.filter(released).flatMap(({ unitId }) => (unitId === null ? [] : [unitId]));
  const units = [...new Set([...given, ...besides])];
  if (units.length > UNITS_MAX) throw new PackagesError("too-large");
  return units;
}

/** What leaves as counts of groups is read by the asker alone: no value goes to the recipient, and the package says that the counts did. */
function questionsFor(asked: PackageRequest, standing: Registered): BatchQuestion[] {
  const questions = questionsOf(asked, standing);
  return asked.smallestGroup === null ? questions : questions.map((question) => ({ ...question, recipient: null }));
}

const COUNT = "count";

function groupsOf(whole: Contents, smallest: number): Contents {
  const shown = suppressed(counted(whole.lines.map(({ fields }) => fields)), smallest);
  const lines = shown.map(({ values, count }) => ({
    subject: "group",
    fields: { ...values, [COUNT]: count === null ? "suppressed" : String(count) },
  }));
  return { ...whole, lines };
}

/** One question a form, to the recipient as it is registered. */
export function questionsOf(asked: PackageQuestion, { type }: Pick<Registered, "type">): BatchQuestion[] {
  const { recipientId, purpose, basis, wanted, subjects, justification, as } = asked;
  const terms = { purpose, basis, recipient: { type, recipientId }, as, justification, subjects };
  return wanted.filter(({ fields }) => fields.length > 0).map(({ form, fields }) => ({ ...terms, form, fields }));
}

interface Way {
  readonly name: string;
  readonly keyId: Uuid | null;
  readonly seal: (text: string) => Promise<SealedFile>;
}

/** The newest approved key; for a room, somebody to send the code to. */
async function wayTo({ recipients, mail }: PackagesContext, { recipientId, delivery }: PackageRequest): Promise<Way> {
  const { recipient, keys } = await recipients.file(recipientId);
  const { name, contact } = recipient.content;
  if (delivery === "room") {
    if (contact === null || mail.addressOf("email", contact) === null) throw new PackagesError("no-contact");
    mail.requireSending();
    return { name, keyId: null, seal: sealForRoom };
  }
  const key = keys.findLast(({ content }) => content.approvedBy !== null);
  if (key === undefined) throw new PackagesError("no-key");
  return { name, keyId: key.rowId, seal: (text) => sealFor(key.content.publicKey, text) };
}

interface Putting {
  readonly asked: PackageRequest;
  readonly packageId: Uuid;
  readonly sealed: SealedFile;
  readonly keyId: Uuid | null;
  readonly counts: Pick<PackageContent, "disclosures" | "released" | "refused">;
  readonly grounds: PackageContent["grounds"];
  readonly units: readonly Uuid[];
  readonly madeAt: Date;
}

async function put(
  context: PackagesContext,
  actor: Authenticated,
  putting: Putting,
  also: AlsoWrite | undefined,
): Promise<void> {
  const { access, authority, keys } = context;
  const { asked, packageId, sealed, counts } = putting;
  const expiresAt = new Date(putting.madeAt.getTime() + asked.lifetimeHours * HOUR_MS);
  const content = await contentOf(context, actor, putting, expiresAt);
  const attempt = {
    kind: "package",
    action: "package.make",
    actor,
    targets: [asked.recipientId],
    also,
  } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const row = putRow(PACKAGE, { rowId: packageId, lookup: lookupOf(keys, sealed.secret), content });
    const written = await authority.change(tx, { ownerId: packageId, act, reads: [], make: () => [row] });
    await insertFile(tx, { packageId, file: sealed.file, expiresAt });
    const { delivery, flow, checks = [] } = asked;
    const detail = { package: packageId, delivery, flow, checks: checks.map((check) => ({ ...check })), ...counts };
    return { result: null, written, recipient: asked.recipientId, detail, ids: [packageId] };
  });
}

async function contentOf(
  { access }: PackagesContext,
  actor: Authenticated,
  { asked, sealed, keyId, counts, grounds, units, madeAt }: Putting,
  expiresAt: Date,
): Promise<PackageContent> {
  const { recipientId, purpose, basis, delivery, format, flow, mayDownload, checks = [], openUnits = [] } = asked;
  const customerIds = asked.subjects.map(({ customerId }) => customerId);
  const authorities = await access.authoritiesOf(customerIds);
  return {
    recipientId,
    purpose,
    basis,
    delivery,
    keyId,
    format,
    flow,
    checks: [...checks],
    openUnits,
    grounds,
    mayDownload,
    madeBy: actor.principalId,
    madeAt: madeAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    ...counts,
    units: [...units],
    customers: [...authorities].map(([customerId, { revision }]) => [customerId, revision]),
    digest: digestOf(sealed.file),
    sizeBytes: sealed.file.length,
    state: "waiting",
    changedAt: madeAt.toISOString(),
    code: null,
  };
}
