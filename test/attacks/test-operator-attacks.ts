// What an operator with every right on the database does to each of its tables, and what verification is to call it.
import { randomUUID } from "node:crypto";
import type { AttackStage, MadeCustomer, Person } from "./test-stage.ts";

export interface Scene {
  readonly stage: AttackStage;
  readonly known: MadeCustomer;
  readonly erased: MadeCustomer;
  readonly adjuster: Person;
  readonly leaver: Person;
}

type Attack = readonly [does: string, table: string, how: (scene: Scene) => string, found: string];

const ofKnown = ({ known }: Scene): string => `customer_id = '${known.customerId}'`;
/** What stood there before everything that was done since. */
export const putBack = (table: string, where: string): string =>
  `delete from ${table} where ${where}; insert into ${table} select * from old_${table} where ${where}`;
const flipped = (column: string, at: number): string =>
  `${column} = set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1)`;

export const ATTACKS: readonly Attack[] = [
  [
    "gives a role",
    "principal",
    ({ adjuster }) => `update principal set role = 'dpo' where principal_id = '${adjuster.clientId}'`,
    "principal-forged",
  ],
  [
    "undoes a revocation",
    "principal",
    ({ leaver }) => putBack("principal", `principal_id = '${leaver.clientId}'`),
    "principal-rolled-back",
  ],
  [
    "gives one client the secret of another",
    "principal",
    ({ adjuster, leaver }) =>
      `update principal set secret = (select secret from principal where principal_id = '${adjuster.clientId}') where principal_id = '${leaver.clientId}'`,
    "principal-forged",
  ],
  [
    "removes a client",
    "principal",
    ({ leaver }) => `delete from principal where principal_id = '${leaver.clientId}'`,
    "principal-missing",
  ],
  [
    "brings an ended assignment back",
    "assignment",
    (scene) => putBack("assignment", ofKnown(scene)),
    "assignment-rolled-back",
  ],
  [
    "hands an assignment over",
    "assignment",
    ({ leaver }) => `update assignment set assignee_id = '${leaver.clientId}' where state = 'open'`,
    "assignment-forged",
  ],
  [
    "hides assignments",
    "assignment",
    (scene) => `delete from assignment where ${ofKnown(scene)}`,
    "customer-assignments-differ",
  ],
  ["takes a flag off by an older state", "customer", (scene) => putBack("customer", ofKnown(scene)), "customer-aged"],
  [
    "gives one customer the state of another",
    "customer",
    (scene) =>
      `update customer set authority = (select authority from customer where customer_id = '${scene.erased.customerId}') where ${ofKnown(scene)}`,
    "customer-forged",
  ],
  ["removes a customer", "customer", (scene) => `delete from customer where ${ofKnown(scene)}`, "customer-missing"],
  [
    "moves a unit into another book",
    "retention_unit",
    (scene) => `update retention_unit set book = '${randomUUID()}' where ${ofKnown(scene)}`,
    "unit-forged",
  ],
  ["reopens a closed case", "retention_unit", (scene) => putBack("retention_unit", ofKnown(scene)), "unit-aged"],
  [
    "removes a unit",
    "retention_unit",
    ({ known }) => `delete from retention_unit where unit_id = '${known.unitIds[2]}'`,
    "unit-missing",
  ],
  ["undoes a correction", "record", (scene) => putBack("record", ofKnown(scene)), "aged"],
  [
    "swaps two records' contents",
    "record",
    ({ known }) =>
      `update record set pack = (select pack from record where record_id = '${known.recordIds[3]}') where record_id = '${known.recordIds[2]}'`,
    "altered",
  ],
  [
    "moves a record to another unit",
    "record",
    ({ known }) => `update record set unit_id = '${known.unitIds[1]}' where record_id = '${known.recordIds[3]}'`,
    "altered",
  ],
  [
    "removes a record",
    "record",
    ({ known }) => `delete from record where record_id = '${known.recordIds[3]}'`,
    "missing",
  ],
  ["removes what a record said before", "record_history", () => "delete from record_history", "history-missing"],
  [
    "changes what a record said before",
    "record_history",
    () => `update record_history set ${flipped("pack", 60)}`,
    "history-altered",
  ],
  [
    "hides a record from searches",
    "search_token",
    (scene) => `delete from search_token where ${ofKnown(scene)}`,
    "token-missing",
  ],
  [
    "leads searches to another record",
    "search_token",
    ({ known }) =>
      `update search_token set record_id = '${known.recordIds[3]}' where record_id = '${known.recordIds[2]}'`,
    "token-extra",
  ],
  [
    "leads a source's key to another customer",
    "source_key",
    (scene) => `update source_key set customer_id = '${scene.erased.customerId}' where ${ofKnown(scene)}`,
    "source-forged",
  ],
  [
    "makes a dependant a beneficiary",
    "customer_link",
    () => "update customer_link set kind = 'beneficiary'",
    "link-forged",
  ],
  ["revives an ended link", "customer_link", () => putBack("customer_link", "true"), "link-aged"],
  ["removes a link", "customer_link", () => "delete from customer_link", "link-missing"],
  ["destroys a unit's keys", "unit_key", (scene) => `delete from unit_key where ${ofKnown(scene)}`, "key-missing"],
  [
    "changes a unit's keys",
    "unit_key",
    (scene) => `update unit_key set ${flipped("pack", 30)} where ${ofKnown(scene)}`,
    "key-does-not-open",
  ],
  [
    "gives one unit the keys of another",
    "unit_key",
    ({ known }) =>
      `update unit_key set pack = (select pack from unit_key where unit_id = '${known.unitIds[2]}') where unit_id = '${known.unitIds[1]}'`,
    "key-does-not-open",
  ],
  ["deletes an erasure, so that it never ends", "erasure", () => "delete from erasure", "erasure-missing"],
  [
    "ascribes an erasure to another act",
    "erasure",
    ({ erased }) => `update erasure set act = '${randomUUID()}' where customer_id = '${erased.customerId}'`,
    "erasure-forged",
  ],
  [
    "puts other policies in force",
    "policy_state",
    () => `update policy_state set ${flipped("digest", 0)}`,
    "policy-forged",
  ],
  ["takes the policies out of force", "policy_state", () => "delete from policy_state", "policy-missing"],
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
  ["changes a published tile", "ledger_tile", () => `update ledger_tile set ${flipped("hashes", 0)}`, "tile-differs"],
];
