// A principal as stored: what its MAC covers, how a row that came back is parsed and verified, and the sealed name.
import { z } from "zod";
import { asSealed, asToken, lengthPrefixed, u32be, u64be, utf8, type Sealed, type Token } from "../kernel/bytes.ts";
import { asId, idBytes } from "../kernel/ids.ts";
import { classBit, classesOfMask, LINES, PURPOSES, ROLES, type DataClass } from "../kernel/vocabulary.ts";
import type { AuthorityKeys } from "./authority-keys.ts";
import type { Principal } from "./principal.ts";
import { ROW_SCOPES } from "./roles.ts";

/** The row as PostgreSQL gives it. */
export interface PrincipalRow {
  readonly principal_id: string;
  readonly mac: Uint8Array;
  readonly [column: string]: unknown;
}

/** A principal with the two columns that only its own domain handles. */
export interface StoredPrincipal extends Principal {
  readonly name: Sealed;
  /** The keyed digest of a client's secret; null for every other kind. */
  readonly secret: Token | null;
}

const id = z.string().transform(asId);
const bytes = z.instanceof(Uint8Array);
const storedRow = z.object({
  principal_id: id,
  kind: z.enum(["client", "customer", "staff", "system"]),
  role: z.enum(ROLES),
  customer_id: id.nullable(),
  name: bytes.transform(asSealed),
  purposes: z.array(z.enum(PURPOSES)),
  row_scope: z.enum(ROW_SCOPES),
  groups: z.array(id),
  entities: z.array(z.string()),
  lines: z.array(z.enum(LINES)),
  class_ceiling: z.int().nullable(),
  secret: bytes.transform(asToken).nullable(),
  status: z.enum(["pending", "active", "on-leave", "suspended", "revoked"]),
  expires_at: z.date().nullable(),
  revision: z.int().min(1),
  act: id,
});

/** The principal a row speaks of, or null when the row's MAC is not ours: such a row grants nothing. */
export function verifiedPrincipal(keys: AuthorityKeys, row: PrincipalRow): StoredPrincipal | null {
  const principal = parsePrincipal(row);
  if (principal === null || !keys.verifyAuthorityMac(row.mac, principalParts(principal))) return null;
  return principal;
}

function parsePrincipal(row: PrincipalRow): StoredPrincipal | null {
  let parsed: z.infer<typeof storedRow>;
  try {
    parsed = storedRow.parse(row);
  } catch {
    return null;
  }
  const { principal_id, customer_id, row_scope, class_ceiling, expires_at, ...same } = parsed;
  return {
    ...same,
    principalId: principal_id,
    customerId: customer_id,
    rowScope: row_scope,
    classCeiling: class_ceiling === null ? null : classesOfMask(class_ceiling),
    expiresAt: expires_at,
  };
}

/** What the MAC covers: every column but itself. */
export function principalParts(principal: StoredPrincipal): (Uint8Array | string)[] {
  return [...principalContent(principal), principal.name];
}

/** All of that but the sealed name, whose bytes change when keys rotate. INVARIANT: a column added to the table is added here. */
export function principalContent(principal: StoredPrincipal): (Uint8Array | string)[] {
  const mask = classMask(principal.classCeiling);
  return [
    "uberrima/principal/v1",
    idBytes(principal.principalId),
    principal.kind,
    principal.role,
    principal.customerId === null ? "" : idBytes(principal.customerId),
    lengthPrefixed(...principal.purposes),
    principal.rowScope,
    lengthPrefixed(...principal.groups.map(idBytes)),
    lengthPrefixed(...principal.entities),
    lengthPrefixed(...principal.lines),
    mask === null ? "" : u32be(mask),
    principal.secret ?? "",
    principal.status,
    principal.expiresAt === null ? "" : u64be(principal.expiresAt.getTime()),
    u64be(principal.revision),
    idBytes(principal.act),
  ];
}

export function classMask(classes: readonly DataClass[] | null): number | null {
  return classes === null ? null : classes.reduce((mask, each) => mask | classBit(each), 0);
}

/** Clients are often named after people, so their names are sealed. */
export function sealName(keys: AuthorityKeys, principalId: Principal["principalId"], name: string): Sealed {
  return keys.sealUnder("authority", utf8(name), nameContext(principalId));
}

export function openName(keys: AuthorityKeys, principal: Pick<StoredPrincipal, "principalId" | "name">): string {
  return keys.openUnder("authority", principal.name, nameContext(principal.principalId)).toString("utf8");
}

function nameContext(principalId: Principal["principalId"]): Buffer {
  return lengthPrefixed("uberrima/principal-name/v1", idBytes(principalId));
}
