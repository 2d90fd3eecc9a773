// Reads what decisions about customers rest on: all that concurrent questions ask for in one go.
import type { Access, CustomerAuthority } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { gathered } from "../kernel/gather.ts";
import type { InOrder } from "../postgres/database.ts";
import { fileRequests, type CustomerFile, type Vault } from "../vault/vault.ts";

export interface CustomerRead {
  readonly customerId: Uuid;
  /** Undefined where there is no such customer. */
  readonly authority: CustomerAuthority | undefined;
  /** Null where it cannot be believed. */
  readonly file: CustomerFile | null;
}

/** The customers in the order asked, with their records of these types. Throws VaultError "too-many". */
export type ReadCustomers = (
  customerIds: readonly Uuid[],
  recordTypes: readonly string[],
) => Promise<readonly CustomerRead[]>;

type Asked = ReturnType<typeof fileRequests>;

interface Parts {
  readonly access: Pick<Access, "authoritiesOf">;
  readonly vault: Pick<Vault, "loadFiles">;
  readonly reading: InOrder;
}

const READINGS_MAX = 500;

export function customerReader(parts: Parts): ReadCustomers {
  const read = gathered((asked: readonly Asked[]) => readAll(parts, asked), {
    sizeOf: (asked) => asked.length * Math.max(1, asked[0]?.recordTypes.length ?? 0),
    sizeMax: READINGS_MAX,
  });
  return async (customerIds, recordTypes) => read(fileRequests(customerIds, recordTypes));
}

/**
 * INVARIANT: authority is read first, by being asked for first on a connection that keeps the order. Its revision is rechecked when the entry is
 * sequenced, so a change of what is read after it makes the decision stale; a change of what had been read before it would not.
 */
async function readAll({ access, vault, reading }: Parts, asked: readonly Asked[]): Promise<CustomerRead[][]> {
  const requests = asked.flat();
  const files = requests.map((): CustomerFile | null => null);
  const ids = requests.map(({ customerId }) => customerId);
  const authorities = await access.authoritiesOf(ids, reading, async (customerIds) => {
    const wanted = new Set(customerIds);
    const places = [...requests.keys()].filter((at) => wanted.has(ids[at]!));
    const loaded = await vault.loadFiles(
      reading,
      places.map((at) => requests[at]!),
    );
    places.forEach((at, nth) => (files[at] = loaded[nth] ?? null));
  });
  let at = 0;
  return asked.map((own) =>
    own.map(({ customerId }) => ({ customerId, authority: authorities.get(customerId), file: files[at++] ?? null })),
  );
}
