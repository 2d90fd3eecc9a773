// What an operator with every right on the database does to the ledger's rows, and what verification is to call it.
import { randomUUID } from "node:crypto";
import { type Attack, flipped } from "./test-operator-scene.ts";

/** Of these the server knows nothing until it is asked to verify: what is signed is not touched, or put right before the next checkpoint. */
export const LEDGER_ATTACKS: readonly Attack[] = [
  [
    "says that another looked",
    "ledger_entry",
    ({ leaver }) => `update ledger_entry set actor_id = '${leaver.clientId}' where index = 5`,
    "actor-differs",
  ],
  [
    "withholds an entry from readers",
    "ledger_entry",
    () => "update ledger_entry set withheld = true where index = 5",
    "withheld-differs",
  ],
  [
    "swaps two entries' details",
    "ledger_entry",
    () => "update ledger_entry set detail = (select detail from ledger_entry where index = 6) where index = 5",
    "detail-does-not-open",
  ],
  ["removes an entry", "ledger_entry", () => "delete from ledger_entry where index = 5", "entry-missing"],
  [
    "changes a leaf",
    "ledger_entry",
    () => `update ledger_entry set ${flipped("leaf", 12)} where index = 5`,
    "root-differs",
  ],
  ["hides whom an entry concerned", "ledger_subject", () => "delete from ledger_subject", "subjects-differ"],
  [
    "says that an entry concerned somebody",
    "ledger_subject",
    () => `insert into ledger_subject values (0, 5, '${randomUUID()}', 'allowed', 1, null, now(), false)`,
    "subjects-differ",
  ],
  [
    "says that it was another time",
    "ledger_entry",
    () => "update ledger_entry set at = at - interval '1 day' where index = 5",
    "time-differs",
  ],
  [
    "says that it was denied",
    "ledger_entry",
    () => "update ledger_entry set outcome = 'denied' where index = 5",
    "outcome-differs",
  ],
  [
    "takes two entries for each other",
    "ledger_entry",
    () =>
      `update ledger_entry set index = 1000000 where index = 5; update ledger_entry set index = 5 where index = 6;
        update ledger_entry set index = 6 where index = 1000000`,
    "root-differs",
  ],
  [
    "puts an entry where none was sequenced",
    "ledger_entry",
    () =>
      `insert into ledger_entry select (jsonb_populate_record(e, jsonb_build_object('index', 1000000, 'entry_id', gen_random_uuid()))).*
        from ledger_entry e where index = 5`,
    "entry-beyond-head",
  ],
  [
    "puts an entry on a shard whose log was never opened",
    "ledger_entry",
    () =>
      `insert into ledger_entry select (jsonb_populate_record(e, jsonb_build_object('log_shard', 1))).* from ledger_entry e where index = 5`,
    "shard-not-opened",
  ],
  [
    "says on such a shard that somebody saw a customer",
    "ledger_subject",
    ({ leaver }) =>
      `insert into ledger_subject values (1, 5, '${randomUUID()}', 'allowed', 1, '${leaver.clientId}', now(), false)`,
    "shard-not-opened",
  ],
];

/** These stop a server's ledger for good, once it looks, which it does within a second. */
export const FATAL_ATTACKS: readonly Attack[] = [
  ["changes a published tile", "ledger_tile", () => `update ledger_tile set ${flipped("hashes", 0)}`, "tile-differs"],
  ["removes the tiles", "ledger_tile", () => "delete from ledger_tile", "tile-differs"],
  ["removes the checkpoint", "ledger_checkpoint", () => "delete from ledger_checkpoint", "checkpoint-missing"],
  [
    "says that another tree was signed",
    "ledger_checkpoint",
    () => `update ledger_checkpoint set ${flipped("root", 3)}`,
    "checkpoint-not-ours",
  ],
  [
    "signs a checkpoint itself",
    "ledger_checkpoint",
    () => `update ledger_checkpoint set ${flipped("note", 150)}`,
    "checkpoint-not-ours",
  ],
  ["removes the ledger's length", "ledger_head", () => "delete from ledger_head", "head-missing"],
  [
    "makes another log beside ours",
    "ledger_head",
    () => "insert into ledger_head values (1, 'ledger.example/other', 9)",
    "shard-not-opened",
  ],
  ["shortens the ledger", "ledger_head", () => "update ledger_head set size = size - 3", "rolled-back"],
];
