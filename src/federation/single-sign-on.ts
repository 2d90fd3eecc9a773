// A sign-in through the identity provider: away with sealed state, back with a verified ID token, and then a session, or nothing.
import type { Uuid } from "../kernel/bytes.ts";
import { newId, parseId } from "../kernel/ids.ts";
import { putRow } from "../authority/authority.ts";
import type { StartedSession } from "../signin/signin.ts";
import type { FederationContext } from "./context.ts";
import { FederationError } from "./errors.ts";
import { type Shown, shownBy } from "./mapping.ts";
import type { People, PersonDraft } from "./people.ts";
import { type Person, principalOf, SUBJECT, subjectLookup } from "./person-row.ts";
import type { Claims, Provider } from "./provider.ts";
import { openState, safeReturn, sealState, type SsoState } from "./sso-state.ts";

export interface Departure {
  readonly url: string;
  /** For the browser to bring back. */
  readonly carried: string;
}

export interface Arrival {
  readonly returnTo: string;
  /** After a step-up the same session, under a new token. */
  readonly session: StartedSession;
}

/** From where, for the session's owner to know it by. */
export interface From {
  readonly device: string;
  readonly address: string;
}

export interface SingleSignOn {
  /** Throws FederationError `no-provider`, `provider-away`. */
  depart(asked: { readonly returnTo: string | undefined; readonly stepUp: SsoState["stepUp"] }): Promise<Departure>;
  /** Throws FederationError `sso-refused`, `step-up-refused`, each an entry in the ledger with its reason; `provider-away`. */
  arrive(current: URL, carried: string | null, from: From): Promise<Arrival>;
}

/** How old the factor shown for a step-up may be. */
const STEP_UP_SECONDS = 60;

export function openSingleSignOn(context: FederationContext, people: People, provider: Provider | null): SingleSignOn {
  const wanted = (): Provider => {
    if (provider === null) throw new FederationError("no-provider");
    return provider;
  };
  return {
    async depart({ returnTo, stepUp }) {
      const stepUpAcr = stepUp === null ? null : context.federation.signIn.stepUpAcr;
      const { url, state, nonce, verifier } = await wanted().go({ stepUpAcr });
      const atMs = context.clock.now().getTime();
      const carried = sealState(context.keys, { state, nonce, verifier, returnTo: safeReturn(returnTo), atMs, stepUp });
      return { url: url.href, carried };
    },
    async arrive(current, carried, from) {
      const state = carried === null ? null : openState(context.keys, carried, context.clock.now());
      if (state === null) return refuse(context, "no-state", null);
      const maxAgeSeconds = state.stepUp === null ? null : STEP_UP_SECONDS;
      const claims = await wanted()
        .comeBack(current, state, maxAgeSeconds)
        .catch(async (error: unknown) => {
          if (error instanceof FederationError && error.code === "sso-refused")
            await note(context, "token-refused", null);
          throw error;
        });
      const shown = shownBy(context.federation, claims["acr"], claims["amr"]);
      const person = await personOf(context, people, provider!, claims);
      if (state.stepUp !== null) return renewFactor(context, state, { person, shown });
      return signIn(context, { state, person, shown, from });
    },
  };
}

interface Came {
  readonly person: Person;
  readonly shown: Shown;
}

async function signIn(
  context: FederationContext,
  { state, person, shown, from }: Came & { readonly state: SsoState; readonly from: From },
): Promise<Arrival> {
  const principalId = principalOf(person);
  if (principalId === null) return refuse(context, "no-role", person.ownerId);
  if ((await context.access.reread(principalId)) === null) return refuse(context, "not-in-force", person.ownerId);
  const { sessionHours, idleMinutes } = context.federation.signIn;
  const session = await context.sessions.start({
    principalId,
    methods: ["sso"],
    ...shown,
    lifetimeSeconds: sessionHours * 3600,
    idleSeconds: idleMinutes * 60,
    ...from,
  });
  return { returnTo: state.returnTo, session };
}

async function renewFactor(
  context: FederationContext,
  { stepUp: asked, returnTo }: SsoState,
  { person, shown }: Came,
): Promise<Arrival> {
  const principalId = principalOf(person);
  const sessionId = parseId(asked?.sessionId ?? "");
  // Another person's factor proves nothing of this session's owner.
  if (principalId === null || principalId !== asked?.principalId || sessionId === null || !shown.isStrong) {
    await note(context, "step-up", person.ownerId);
    throw new FederationError("step-up-refused");
  }
  const session = await context.sessions.stepUp(principalId, sessionId, {
    method: "sso",
    isPhishingResistant: shown.isPhishingResistant,
  });
  return { returnTo, session };
}

/** By the provider's subject; the first time by the user name, which from then on belongs to that subject alone. */
async function personOf(
  context: FederationContext,
  people: People,
  provider: Provider,
  claims: Claims,
): Promise<Person> {
  const { authority, database, keys, federation } = context;
  const lookup = subjectLookup(keys, provider.issuer, claims.sub);
  const linked = await authority.find(database, SUBJECT, lookup);
  const userName = nameIn(claims, federation.userNameClaim);
  const known =
    linked !== null ? await people.get(linked.ownerId) : userName === null ? null : await people.named(userName);
  if (known === null && (linked !== null || !federation.joinOnSignIn || userName === null)) {
    return refuse(context, "unknown", linked?.ownerId ?? null);
  }
  const person =
    known === null
      ? await people.create(draftOf(claims, userName!, groupsIn(context, claims) ?? []), context.access.system)
      : known;
  if (!person.content.active) return refuse(context, "left", person.ownerId);
  if (linked === null) await link(context, person, lookup);
  return withGroups(context, people, person, claims);
}

/** Where the provider names groups at sign-in, they count from then on. */
async function withGroups(context: FederationContext, people: People, person: Person, claims: Claims): Promise<Person> {
  const groups = groupsIn(context, claims);
  const { content } = person;
  if (groups === null || groups.join("\n") === content.groups.join("\n")) return person;
  const { principalId: _p, mapped: _m, resting: _r, ...draft } = content;
  return people.replace(person.ownerId, { ...draft, groups }, context.access.system);
}

async function link(
  context: FederationContext,
  person: Person,
  lookup: ReturnType<typeof subjectLookup>,
): Promise<void> {
  const { access, authority, database } = context;
  // A user name that passed to another subject must not bring the first one's rights along.
  if ((await authority.live(database, SUBJECT, person.ownerId)).length > 0)
    return refuse(context, "other-subject", person.ownerId);
  const attempt = {
    kind: "credential",
    action: "person.provision",
    actor: access.system,
    targets: [person.ownerId],
  } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const made = putRow(SUBJECT, { rowId: newId(), lookup, content: {} });
    const written = await authority.change(tx, {
      ownerId: person.ownerId,
      act,
      reads: [SUBJECT.kind],
      make: () => [made],
    });
    return { result: null, written, detail: { person: person.ownerId, linked: true } };
  });
}

function groupsIn({ federation }: FederationContext, claims: Claims): string[] | null {
  const named = claims[federation.groupsClaim];
  if (!Array.isArray(named)) return null;
  return Object.keys(federation.groups).filter((group) => named.includes(group));
}

function draftOf(claims: Claims, userName: string, groups: string[]): PersonDraft {
  const text = (claim: unknown): string => (typeof claim === "string" ? claim.slice(0, 200) : "");
  return {
    userName,
    externalId: null,
    givenName: text(claims["given_name"]),
    familyName: text(claims["family_name"]),
    displayName: text(claims["name"]),
    emails: claims["email_verified"] === true ? [text(claims["email"])].filter((each) => each !== "") : [],
    active: true,
    groups,
  };
}

/** An address names somebody only where the provider says that it was verified. */
function nameIn(claims: Claims, claim: string): string | null {
  const name = claims[claim];
  if (typeof name !== "string" || name === "" || name.length > 200) return null;
  return claim === "email" && claims["email_verified"] !== true ? null : name;
}

async function refuse(context: FederationContext, reason: string, personId: Uuid | null): Promise<never> {
  await note(context, reason, personId);
  throw new FederationError("sso-refused");
}

async function note({ ledger, access }: FederationContext, reason: string, personId: Uuid | null): Promise<void> {
  await ledger.append({
    entryId: newId(),
    kind: "sign-in",
    outcome: "failed",
    actorId: access.system.principalId,
    customerId: null,
    recipientId: null,
    purpose: null,
    basis: null,
    classes: [],
    withheld: false,
    detail: { method: "sso", reason, person: personId },
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
  });
}
