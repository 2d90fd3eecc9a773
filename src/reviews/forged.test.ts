// Whoever writes to the database decides nothing: a review or line that was changed, added, removed or put back is believed by nobody.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { codeOf, makeClient } from "../access/test-access.ts";
import { script, sql } from "../postgres/sql.ts";
import { begun, decide, openTestReviews, type TestReviews } from "./test-reviews.ts";

let bench: TestReviews;
beforeEach(async () => {
  bench = await openTestReviews();
});
afterEach(() => bench.close());

const ATTACKS: readonly (readonly [does: string, how: string])[] = [
  [
    "removes a line",
    "delete from authority_row where ctid in (select ctid from authority_row where kind = 'review-line' limit 1)",
  ],
  [
    "changes a line",
    "update authority_row set content = set_byte(content, 40, get_byte(content, 40) # 1) where kind = 'review-line'",
  ],
  [
    "brings a line back to before its decision",
    "delete from authority_row where kind = 'review-line'; insert into authority_row select * from old_row where kind = 'review-line'",
  ],
  [
    "adds a line",
    "insert into authority_row select (jsonb_populate_record(r, jsonb_build_object('row_id', gen_random_uuid()))).* from authority_row r where kind = 'review-line' limit 1",
  ],
];

for (const [does, how] of ATTACKS) {
  test(`an operator who ${does} stops the review, and gets nobody approved or revoked`, async () => {
    const { access, admin, reviews, officer, db } = bench;
    const { principal, token } = await makeClient(access, admin, "csr");
    const { reviewId, lines } = await begun(bench, [principal.principalId]);
    await db.owner.query(sql`create table old_row as select * from authority_row`);
    await decide(bench, reviewId, lines[0]!, "revoke");
    await db.owner.query(script(how));
    assert.equal(await codeOf(() => reviews.close(reviewId, officer)), "forged-authority");
    assert.equal(await codeOf(() => reviews.lines(reviewId, officer)), "forged-authority");
    assert.notEqual(await access.authenticate(token), null);
  });
}
