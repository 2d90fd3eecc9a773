// What those who administer do to API clients beyond their principal: keys, certificates, and the terms they begin on.
import type { Access, Actor, AlsoWrite, ClientRequest, GrantWrite } from "../access/access.ts";
import { putRow, type Row, type RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Role } from "../kernel/vocabulary.ts";
import type { SystemsContext } from "./context.ts";
import { SystemsError } from "./errors.ts";
import { CREDENTIAL, REGISTRATION, TERMS, USUAL_TERMS, type Credential, type Terms } from "./rows.ts";
import { isWider } from "./terms.ts";

export type Proof = Credential["proof"];

export interface Registering {
  /** None: it gets a static secret, where those are allowed. */
  readonly proofs: readonly Proof[];
  readonly terms: Partial<Terms>;
  /** Asks for a second person also where none is needed. */
  readonly withSecondPerson?: boolean;
}

export interface Registered {
  readonly clientId: Uuid;
  /** Shown once; null for a client that proves itself by keys or certificates. */
  readonly token: string | null;
  /** Nothing it does counts until a second person approves it. */
  readonly isPending: boolean;
}

const CREDENTIALS_MAX = 10;

/** Throws AccessError as `createClient` of access; SystemsError `static-secrets-refused`, `needs-second-person`, `too-many-keys`. */
export async function registerClient(
  context: SystemsContext,
  request: ClientRequest,
  registering: Registering,
  by: { readonly actor: Actor; readonly also?: AlsoWrite | undefined },
): Promise<Registered> {
  const { access, settings } = context;
  const { actor, also } = by;
  const isPending =
    registering.withSecondPerson === true || needsSecondPerson(context, request.role, registering.terms);
  const grants = grantsOf(context, registering, { requestedBy: actor.principalId, needsApproval: false });
  const asked = { ...request, isPending };
  if (registering.proofs.length > 0)
    return { clientId: await access.createKeyedClient(asked, actor, also, grants), token: null, isPending };
  if (!settings.staticSecrets) throw new SystemsError("static-secrets-refused");
  if (isPending) throw new SystemsError("needs-second-person");
  const { principalId, token } = await access.createClient(asked, actor, also, grants);
  return { clientId: principalId, token, isPending };
}

/** Throws SystemsError `static-secrets-refused`, `needs-second-person`, and AccessError as `rotateClientSecret` of access. */
export async function rotateSecret(context: SystemsContext, clientId: Uuid, actor: Actor): Promise<string> {
  if (!context.settings.staticSecrets) throw new SystemsError("static-secrets-refused");
  // Whoever has the right would see the secret of a client that they could not have made alone.
  const described = actor.principalId === clientId ? null : await context.access.describePrincipal(clientId);
  if (described !== null && needsSecondPerson(context, described.role)) throw new SystemsError("needs-second-person");
  return (await context.access.rotateClientSecret(clientId, actor)).token;
}

/** The first administrator, for whoever holds the machine; nobody else could have approved it. */
export async function bootstrap(
  context: SystemsContext,
  request: Parameters<Access["bootstrapAdministrator"]>[0],
  proofs: readonly Proof[],
): Promise<Registered> {
  const { access, settings } = context;
  if (proofs.length === 0) {
    if (!settings.staticSecrets) throw new SystemsError("static-secrets-refused");
    const { principalId, token } = await access.bootstrapAdministrator(request);
    return { clientId: principalId, token, isPending: false };
  }
  const asked = { requestedBy: access.system.principalId, needsApproval: false };
  const grants = grantsOf(context, { proofs, terms: {} }, asked);
  return { clientId: await access.bootstrapKeyedAdministrator(request, grants), token: null, isPending: false };
}

/** Whether a client of this role or on these terms, and every key for one of the role, waits for somebody else than who asks. */
function needsSecondPerson(
  { access, ceilings, settings }: SystemsContext,
  role: Role,
  terms: Partial<Terms> = {},
): boolean {
  const isWide = isWider(USUAL_TERMS, { ...USUAL_TERMS, ...terms }, ceilings(role));
  return settings.approvals && (access.roles[role].secondPerson || isWide);
}

interface Asked {
  readonly requestedBy: Uuid;
  readonly needsApproval: boolean;
}

/** The client's own rows, in the act that makes it. */
function grantsOf(context: SystemsContext, { proofs, terms }: Registering, asked: Asked): GrantWrite {
  assertFew(proofs.length);
  const { requestedBy } = asked;
  return ({ tx, act, principalId }) =>
    context.authority.change(tx, {
      ownerId: principalId,
      act,
      reads: [],
      make: () => [
        putRow(REGISTRATION, { rowId: newId(), content: { requestedBy, approvedBy: null } }),
        ...(Object.keys(terms).length === 0
          ? []
          : [putRow(TERMS, { rowId: newId(), content: { ...USUAL_TERMS, ...terms } })]),
        ...proofs.map((proof) => credentialRow(context, proof, asked)),
      ],
    });
}

function credentialRow({ clock }: SystemsContext, proof: Proof, { requestedBy, needsApproval }: Asked): RowChange {
  const addedAt = clock.now().toISOString();
  const isDated = proof.type === "certificate" && proof.certificate.by === "thumbprint";
  const endsAt = isDated ? new Date((proof.certificate as { readonly endsAt: string }).endsAt) : null;
  const content = { proof, addedAt, requestedBy, needsApproval, approvedBy: null, revoked: [], revokedTo: null };
  return putRow(CREDENTIAL, { rowId: newId(), endsAt, content });
}

/** Throws SystemsError `unknown-client`, `bad-keys` for an id that a key of the client's has already, `too-many-keys`. */
export async function addProofs(
  context: SystemsContext,
  clientId: Uuid,
  proofs: readonly Proof[],
  actor: Actor,
): Promise<void> {
  const role = await roleOf(context, clientId);
  const asked = { requestedBy: actor.principalId, needsApproval: needsSecondPerson(context, role) };
  if (await context.access.isActor(context.database, actor, [clientId]))
    throw new SystemsError("needs-second-person", "nobody adds keys to themselves");
  await change(context, { clientId, actor, action: "client.add-key" }, (live) => {
    assertFew(live.length + proofs.length);
    const ids = [...live.map(({ content }) => content.proof), ...proofs].flatMap((proof) =>
      proof.type === "key" ? [proof.key.keyId] : [],
    );
    if (new Set(ids).size !== ids.length)
      throw new SystemsError("bad-keys", "a key with this kid is registered already");
    return proofs.map((proof) => credentialRow(context, proof, asked));
  });
}

/** A client may remove its own. Tokens that were given out for it end with it. Throws SystemsError `unknown-key`. */
export function removeProof(context: SystemsContext, clientId: Uuid, rowId: Uuid, actor: Actor): Promise<void> {
  return change(context, { clientId, actor, action: "client.remove-key" }, (live) => {
    if (!live.some((row) => row.rowId === rowId)) throw new SystemsError("unknown-key");
    return [{ end: rowId }];
  });
}

async function roleOf({ access }: SystemsContext, clientId: Uuid): Promise<Role> {
  const described = await access.describePrincipal(clientId);
  if (described === null || described.kind !== "client") throw new SystemsError("unknown-client");
  return described.role;
}

interface KeyChange {
  readonly clientId: Uuid;
  readonly actor: Actor;
  readonly action: "client.add-key" | "client.remove-key";
}

async function change(
  context: SystemsContext,
  { clientId, actor, action }: KeyChange,
  make: (live: readonly Row<Credential>[]) => readonly RowChange[],
): Promise<void> {
  const isOwn = actor.principalId === clientId ? ({ isOwn: true } as const) : {};
  const attempt = { kind: "credential", action, actor, targets: [clientId], ...isOwn } as const;
  await context.access.write(attempt, async ({ tx, act }) => {
    const written = await context.authority.change(tx, {
      ownerId: clientId,
      act,
      reads: [CREDENTIAL.kind],
      make: (live) => make(live.of(CREDENTIAL, context.clock.now())),
    });
    return { result: null, written, detail: { client: clientId } };
  });
  context.files.forget(clientId);
}

function assertFew(count: number): void {
  if (count > CREDENTIALS_MAX) throw new SystemsError("too-many-keys");
}
