// The product's own ledger and vault in the bench's process, as a second server would have them: the real way to fill a log or a file fast.
import { join } from "node:path";
import { type Clock, systemClock } from "../src/kernel/clock.ts";
import { type Keys, openKeys, openLocalKeyring } from "../src/keys/keys.ts";
import { fileSignerMemory, type Ledger, openLedger } from "../src/ledger/ledger.ts";
import type { Database, InOrder } from "../src/postgres/database.ts";
import { openStorage } from "../src/postgres/postgres.ts";
import { loadRegistry, openVault, type Vault } from "../src/vault/vault.ts";
import { LOG_ORIGIN, type Product } from "./product.ts";

export interface Beside {
  readonly database: Database;
  readonly reading: InOrder;
  readonly keys: Keys;
  readonly ledger: Ledger;
  readonly vault: Vault;
  close(): Promise<void>;
}

const LOG_SHARD = 0;

/** Another clock dates what is written as if it had been written then. */
export async function openBeside(product: Product, clock: Clock = systemClock): Promise<Beside> {
  const { embedded, keyringFolder, leaseSeconds } = product;
  const source = { kind: "external", ownerUrl: embedded.ownerUrl, appUrl: embedded.appUrl } as const;
  const storage = await openStorage(source, { connectionsMax: 4 });
  const { database } = storage;
  const { provider, buckets } = await openLocalKeyring({ folder: keyringFolder });
  const keys = await openKeys({ database, provider, buckets, leaseSeconds });
  const signerMemory = fileSignerMemory(join(keyringFolder, "signer"));
  const ledger = await openLedger({ database, keys, clock, origin: LOG_ORIGIN, logShard: LOG_SHARD, signerMemory });
  const registry = loadRegistry(join(import.meta.dirname, "../governance/schema"));
  const onForged = (): void => {
    throw new Error("a row of the bench's own does not verify");
  };
  const vault = openVault({ database, keys, registry, ledger, clock: systemClock, logShard: LOG_SHARD, onForged });
  return {
    database,
    reading: storage.openPipeline(),
    keys,
    ledger,
    vault,
    close: async () => {
      keys.close();
      await storage.stop();
    },
  };
}
