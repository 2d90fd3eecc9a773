// SQL of the domain keys.
import { type Sealed, asCode } from "../kernel/bytes.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

export type DomainName =
  | "base"
  | "authority"
  | "index"
  | "ledger-detail"
  | "tokens"
  | "wrapping"
  | "rejects"
  | "ledger-signing"
  | "promise-signing";

export type DomainKeyState = "pending" | "active" | "retiring" | "destroyed";

export interface DomainKeyRow {
  readonly domain: DomainName;
  readonly version: number;
  readonly state: DomainKeyState;
  /** Null once destroyed. */
  readonly wrapped: Sealed | null;
  readonly retiringAt: Date | null;
}

export interface NewDomainKey {
  readonly domain: DomainName;
  readonly version: number;
  readonly state: "pending" | "active";
  readonly wrapped: Sealed;
  readonly createdAt: Date;
}

const COLUMNS = sql`domain, version, state, wrapped, retiring_at as "retiringAt"`;

export async function readDomainKeys(on: Querier): Promise<DomainKeyRow[]> {
  return on.query<DomainKeyRow>(sql`select ${COLUMNS} from domain_key order by domain, version`);
}

/** Whether anything was ever recorded here: from then on every domain key is in use. */
export async function hasHistory(on: Querier): Promise<boolean> {
  const [row] = await on.query<{ has: boolean }>(sql`select exists (select from ledger_entry) as has`);
  return row?.has === true;
}

/** Locked until the transaction ends, so that a domain is rotated by one process at a time. */
export async function lockDomainKeys(tx: Transaction, domain: DomainName): Promise<DomainKeyRow[]> {
  return tx.query<DomainKeyRow>(
    sql`select ${COLUMNS} from domain_key where domain = ${asCode(domain)} order by version for update`,
  );
}

/** Changes nothing when the version exists. */
export async function insertDomainKey(on: Querier, key: NewDomainKey): Promise<void> {
  await on.query(
    sql`insert into domain_key (domain, version, state, wrapped, created_at)
      values (${asCode(key.domain)}, ${key.version}, ${asCode(key.state)}, ${key.wrapped}, ${key.createdAt})
      on conflict (domain, version) do nothing`,
  );
}

/** Makes a pending version the one to write under; those before it retire. */
export async function activateDomainKey(tx: Transaction, domain: DomainName, version: number, at: Date): Promise<void> {
  const code = asCode(domain);
  await tx.query(
    sql`update domain_key set state = 'retiring', retiring_at = ${at}
      where domain = ${code} and version < ${version} and state = 'active'`,
  );
  await tx.query(
    sql`update domain_key set state = 'active' where domain = ${code} and version = ${version} and state = 'pending'`,
  );
}

/** Clocks of two processes differ by less. */
const SKEW_MS = 3_600_000;

/** INVARIANT: since when a version retires stands under no seal. One that says no time, or one to come, would never be destroyed. */
export function isUndated({ state, retiringAt }: Pick<DomainKeyRow, "state" | "retiringAt">, now: Date): boolean {
  return state === "retiring" && (retiringAt === null || retiringAt.getTime() > now.getTime() + SKEW_MS);
}

/** Such versions retire from now on. */
export async function dateRetiring(on: Querier, now: Date): Promise<void> {
  await on.query(
    sql`update domain_key set retiring_at = ${now}
      where state = 'retiring' and (retiring_at is null or retiring_at > ${new Date(now.getTime() + SKEW_MS)})`,
  );
}

export async function destroyDomainKey(tx: Transaction, domain: DomainName, version: number): Promise<void> {
  await tx.query(
    sql`update domain_key set state = 'destroyed', wrapped = null where domain = ${asCode(domain)} and version = ${version}`,
  );
}
