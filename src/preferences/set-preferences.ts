// Setting them: one row under its customer's lock, its entry, and the last letter to where somebody was reached before.
import { type AlsoWrite, type Authenticated, isProtected } from "../access/access.ts";
import { AuthorityError, putRow } from "../authority/authority.ts";
import type { Token, Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Language } from "../mail/mail.ts";
import { normaliseField } from "../vault/vault.ts";
import type { PreferencesContext } from "./context.ts";
import { PreferencesError } from "./errors.ts";
import {
  type Place,
  PREFERENCE,
  type PreferenceContent,
  type PreferenceRow,
  type ReachChannel,
} from "./preference-row.ts";
import { preferenceOf, type Reached, useReachOf } from "./reach.ts";

export interface GivenAlternative {
  readonly channel: ReachChannel;
  readonly contact: string | null;
  readonly address: Place["address"];
}

/** What is left out stays as it is; null takes it away. */
export interface Given {
  readonly language?: Language | null | undefined;
  readonly onPaper?: boolean | undefined;
  readonly alternative?: GivenAlternative | null | undefined;
}

interface Setting {
  readonly asker: Authenticated;
  readonly customerId: Uuid;
  readonly given: Given;
  readonly also: AlsoWrite | undefined;
}

const LETTER_MS = 7 * 86_400_000;

export async function setPreferences(context: PreferencesContext, setting: Setting): Promise<void> {
  const { asker, customerId, given } = setting;
  if (asker.kind === "staff" && asker.role === "csr" && !(await context.isCallerVerified(asker, customerId)))
    throw new PreferencesError("caller-not-verified");
  const isReachProtected = given.alternative !== undefined && (await isUnderOrder(context, customerId));
  if (isReachProtected && !maySayWhere(asker, customerId)) throw new PreferencesError("protected");
  const before = await preferenceOf(context, customerId);
  const rowId = before?.rowId ?? newId();
  const made = await contentOf(context, { before, rowId, customerId, given });
  // Whoever is protected from somebody is not written to where that one may read along.
  if (given.alternative === undefined || isReachProtected || !context.mail.canSend())
    return write(context, setting, { rowId, made, told: [] });
  await useReachOf(context, { customerId, serves: rowId, why: "preference-letter", row: before }, (told) =>
    write(context, setting, { rowId, made, told }),
  );
}

/**
 * INVARIANT: under a protection order nobody else says where the customer is reached, nor takes back what they said, however well a caller was verified: the party
 * that they are protected from knows what a household knows, may act for them on paper, and would be "self" by the next code (N.Y. Ins. Law 2612).
 */
function maySayWhere({ kind, role, customerId: own }: Authenticated, customerId: Uuid): boolean {
  return own === customerId || (kind !== "customer" && role === "dpo");
}

async function isUnderOrder({ access, clock }: PreferencesContext, customerId: Uuid): Promise<boolean> {
  return isProtected((await access.authoritiesOf([customerId])).get(customerId)?.state, clock.now());
}

interface Made {
  readonly content: PreferenceContent;
  readonly lookup: Token | null;
}

async function contentOf(
  context: PreferencesContext,
  asked: {
    readonly before: PreferenceRow | null;
    readonly rowId: Uuid;
    readonly customerId: Uuid;
    readonly given: Given;
  },
): Promise<Made> {
  const { before, rowId, customerId, given } = asked;
  const language = given.language === undefined ? (before?.content.language ?? null) : given.language;
  const onPaper = given.onPaper ?? before?.content.onPaper ?? false;
  if (given.alternative === undefined) {
    const { alternative = null, reachSince = null } = before?.content ?? {};
    return { content: { language, onPaper, alternative, reachSince }, lookup: before?.lookup ?? null };
  }
  const reachSince = context.clock.now().toISOString();
  if (given.alternative === null)
    return { content: { language, onPaper, alternative: null, reachSince }, lookup: null };
  const { channel, contact, address } = given.alternative;
  const normalised = channel === "post" ? null : normalisedContact(context, channel, contact ?? "");
  const isWhole =
    channel === "post" ? address !== null && address.line1 !== "" && contact === null : normalised !== null;
  if (!isWhole) throw new PreferencesError("bad-alternative");
  const unitId = await relationshipOf(context, customerId);
  const place: Place = { contact: normalised, address };
  const value = await context.vault.sealWaiting({ customerId, unitId, waitsIn: rowId, part: "place" }, place);
  const lookup = channel === "post" || normalised === null ? null : lookupFor(context, channel, normalised);
  return { content: { language, onPaper, alternative: { channel, unitId, value }, reachSince }, lookup };
}

async function relationshipOf({ vault }: PreferencesContext, customerId: Uuid): Promise<Uuid> {
  const [subject] = await vault.loadForDecision([{ customerId }]);
  const unit = subject?.units.find(({ header }) => header.kind === "relationship" && header.status !== "erased");
  if (unit === undefined) throw new PreferencesError("no-relationship");
  return unit.header.unitId;
}

/** Null where it is no such contact, or none that a letter reaches. */
function normalisedContact(
  { vault, mail }: PreferencesContext,
  channel: "email" | "phone",
  contact: string,
): string | null {
  const field = vault.registry.field(`contact.${channel}`);
  const normalised = field === null ? null : normaliseField(field, contact);
  if (normalised?.ok !== true) return null;
  return mail.addressOf(channel, normalised.value) === null ? null : normalised.value;
}

export function lookupFor(context: PreferencesContext, channel: "email" | "phone", contact: string): Token | null {
  const normalised = normalisedContact(context, channel, contact);
  return normalised === null ? null : context.keys.keyedDigest("other-address", channel, normalised.toLowerCase());
}

interface Writing {
  readonly rowId: Uuid;
  readonly made: Made;
  /** Who is told once more. */
  readonly told: readonly Reached[];
}

/** Where somebody else has the same other address, this one is found by it no more than theirs is: nothing tells either. */
async function write(context: PreferencesContext, setting: Setting, writing: Writing): Promise<void> {
  try {
    await writeOnce(context, setting, writing);
  } catch (error) {
    if (!(error instanceof AuthorityError && error.code === "lookup-taken")) throw error;
    await writeOnce(context, setting, { ...writing, made: { ...writing.made, lookup: null } });
  }
}

async function writeOnce(
  { access, authority, mail, clock }: PreferencesContext,
  { asker, customerId, given, also }: Setting,
  { rowId, made, told }: Writing,
): Promise<void> {
  const isOwn = asker.customerId === customerId ? ({ isOwn: true } as const) : {};
  const targets = [asker.customerId === customerId ? asker.principalId : customerId];
  const attempt = { kind: "preference", action: "preference.set", actor: asker, targets, also, ...isOwn } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const written = await authority.change(tx, {
      ownerId: customerId,
      act,
      reads: [PREFERENCE.kind],
      make: () => [putRow(PREFERENCE, { rowId, ...made })],
    });
    const now = clock.now();
    const to = new Set(told.flatMap(({ channel, value }) => mail.addressOf(channel, value) ?? []));
    for (const address of to)
      await mail.put(tx, {
        to: address,
        addressee: customerId,
        name: "reach-changed",
        language: made.content.language ?? "en",
        values: { at: now },
        expiresAt: new Date(now.getTime() + LETTER_MS),
      });
    const detail = { preference: rowId, reach: given.alternative !== undefined, onPaper: made.content.onPaper };
    return { result: null, written, customers: [customerId], detail };
  });
}
