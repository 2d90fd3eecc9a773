// What an operator with every right on the database does to rows of sessions and all else that proves something, and what verification is to call it.
import { type Attack, flipped, putBack } from "./test-operator-scene.ts";

export const SESSION_ATTACKS: readonly Attack[] = [
  [
    "brings an ended session back",
    "authority_row",
    ({ member }) => putBack("authority_row", `row_id = '${member.sessionIds[0]}'`),
    "granted-rolled-back",
  ],
  [
    "makes a session its own",
    "authority_row",
    ({ member }) => `update authority_row set lookup = sha256('mine') where row_id = '${member.sessionIds[1]}'`,
    "granted-forged",
  ],
  [
    "makes a session of its own",
    "authority_row",
    ({ member }) =>
      `insert into authority_row select (jsonb_populate_record(r, jsonb_build_object('row_id', gen_random_uuid(), 'lookup', null))).*
        from authority_row r where row_id = '${member.sessionIds[1]}'`,
    "granted-forged",
  ],
  ["removes what proves something", "authority_row", () => "delete from authority_row", "granted-missing"],
  ["removes what says which rows there are", "authority_head", () => "delete from authority_head", "holder-missing"],
  [
    "puts back what says which rows there are",
    "authority_head",
    ({ member }) => putBack("authority_head", `owner_id = '${member.principalId}'`),
    "holder-forged",
  ],
  [
    "gives one owner's head to another",
    "authority_head",
    ({ member }) => `update authority_head set ${flipped("digest", 60)} where owner_id = '${member.principalId}'`,
    "holder-forged",
  ],
];
