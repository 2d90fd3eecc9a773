// Guessing by search: capped by who asks and by what is guessed at, scoped before it is counted, and alike whatever lies outside the asker's rows.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Authenticated } from "../access/access.ts";
import type { SearchAnswer } from "./disclosure.ts";
import { GUESSES_A_DAY_MAX, GUESSES_A_DAY_OF_ALL_MAX, SEARCHES_AN_HOUR_MAX } from "./search-allowance.ts";
import { SEARCH_BEAT_MS } from "./search.ts";
import { openTestFile, type TestFile } from "./test-file.ts";

let file: TestFile;
let stage: TestFile["stage"];
before(async () => {
  file = await openTestFile();
  ({ stage } = file);
});
after(() => stage.close());

const purpose = "claim-handling" as const;
const hire = (): Promise<Authenticated> => stage.client("claims-adjuster", [purpose]);
const bornOn = (day: number): string => new Date(Date.UTC(1971, 0, 1 + day)).toISOString().slice(0, 10);

function guess(asker: Authenticated, day: number, last = "Holloway"): Promise<SearchAnswer> {
  const values = { "first-name": "Mara", "last-name": last, "birth-date": bornOn(day) };
  return stage.gate.search(asker, { index: "person-name-birth-date", values, purpose });
}

/** As many pairs as one asker may guess. */
const TRIES_MIN = 8;
/** As many as all of them may. */
const TRIES_MAX = 64;

/** Does not divide the ceiling, so that one batch crosses it. */
const AT_ONCE = 70;
const refused = { code: "not-permitted" };

describe("guesses", () => {
  test("by one client are no more in an hour than allowed, however many come at once", async () => {
    const greedy = await hire();
    const now = new Date();
    const gate = stage.gateWith({ searchBeatMs: 0, clock: { now: () => now } });
    const values = (nth: number) => ({
      "first-name": "Ann",
      "last-name": `Nobody${letters(nth)}`,
      "birth-date": bornOn(nth),
    });
    const attempt = (nth: number): Promise<SearchAnswer> =>
      gate.search(greedy, { index: "person-name-birth-date", values: values(nth), purpose });
    const tried: PromiseSettledResult<SearchAnswer>[] = [];
    while (tried.length < SEARCHES_AN_HOUR_MAX + AT_ONCE) {
      const from = tried.length;
      tried.push(...(await Promise.allSettled(Array.from({ length: AT_ONCE }, (_, nth) => attempt(from + nth)))));
    }
    const isRefused = (one: (typeof tried)[number]): boolean =>
      one.status === "rejected" && (one.reason as { code?: string }).code === refused.code;
    assert.equal(tried.filter(isRefused).length, tried.length - SEARCHES_AN_HOUR_MAX);
    assert.equal(tried.filter(({ status }) => status === "fulfilled").length, SEARCHES_AN_HOUR_MAX);
    const since = new Date(Date.now() - 3_600_000);
    assert.equal(await stage.ledger.countBy(greedy.principalId, "search", since), tried.length);
    await assert.rejects(gate.search(greedy, { index: "email", values: { email: "a@b.example" }, purpose }), refused);
  });

  test("at a birth date of which the year is known end long before the year does, and the refusal is an entry", async () => {
    const curious = await hire();
    const days = Array.from({ length: GUESSES_A_DAY_MAX }, (_, nth) => 200 + nth);
    await Promise.all(days.map((day) => guess(curious, day)));
    await assert.rejects(guess(curious, 300), refused);
    // Not even the right one is told then.
    await stage.assign(curious, file.known, { unit: 1, kind: "claim" });
    await assert.rejects(guess(curious, 67), refused);
    const { items } = await stage.ledger.list({ actorId: curious.principalId, outcomes: ["denied"] }, {});
    assert.equal(items.filter(({ kind }) => kind === "search").length, 2);
    // What differs in more than one part is another matter.
    assert.equal((await guess(curious, 300, "Hollowby")).hits.length, 0);
  });

  test("at one value by many clients together are capped as well", async () => {
    const ring = await Promise.all(Array.from({ length: GUESSES_A_DAY_OF_ALL_MAX / GUESSES_A_DAY_MAX }, hire));
    await Promise.all(
      ring.flatMap((one, at) =>
        Array.from({ length: GUESSES_A_DAY_MAX }, (_, nth) => guess(one, at * 20 + nth, "Ringwood")),
      ),
    );
    await assert.rejects(guess(await hire(), 364, "Ringwood"), refused);
  });

  test("that find what they are for are none", async () => {
    const busy = await hire();
    await stage.assign(busy, file.known, { unit: 1, kind: "claim" });
    for (let nth = 0; nth < GUESSES_A_DAY_MAX + 5; nth++) assert.equal((await guess(busy, 67)).hits.length, 1);
  });
});

describe("what lies outside the asker's rows", () => {
  const phone = "+1 701 555 0177";
  const byPhone = (asker: Authenticated, values = { phone }): Promise<SearchAnswer> =>
    stage.gate.search(asker, { index: "phone", values, purpose });
  let adjuster: Authenticated;
  before(async () => {
    adjuster = await hire();
    const records = { contact: { phone } };
    for (let nth = 0; nth < 60; nth++) await stage.customer([{ kind: "relationship", records }]);
    const mine = await stage.customer([
      { kind: "relationship", records },
      { kind: "claim", records: { claim: { number: "CL-9" } } },
    ]);
    await stage.assign(adjuster, mine, { unit: 1, kind: "claim" });
  });

  test("neither crowds out what lies within nor shows as more to come", async () => {
    const { hits, truncated } = await byPhone(adjuster);
    assert.equal(hits.length, 1);
    assert.equal(truncated, false);
  });

  test("shows neither in the answer nor in its entry nor in the time it takes", async () => {
    let stranger = await hire();
    const ask = async (given: string): Promise<{ tookMs: number; said: string }> => {
      const begun = performance.now();
      const { searchId, hits, truncated } = await byPhone(stranger, { phone: given });
      const tookMs = performance.now() - begun;
      const { index: _index, at: _at, entryId: _id, ...entry } = await stage.gate.entry(stranger, searchId);
      return { tookMs, said: JSON.stringify({ hits, truncated, entry }) };
    };
    // The quickest of each, again and again while they differ: whatever else the machine does only adds, and what is told each time stays.
    const beats = (took: readonly number[]): number => Math.floor((Math.min(...took) + 1) / SEARCH_BEAT_MS);
    const [held, unheld]: [number[], number[]] = [[], []];
    for (let nth = 0; nth < TRIES_MIN || (nth < TRIES_MAX && beats(held) !== beats(unheld)); nth++) {
      if (nth % TRIES_MIN === 0) stranger = await hire();
      const [some, none] = [await ask(phone), await ask(`+1 701 555 ${String(1000 + nth * 7)}`)];
      assert.equal(some.said, none.said);
      held.push(some.tookMs);
      unheld.push(none.tookMs);
    }
    assert.ok(beats(held) >= 1, `answered after ${Math.min(...held)} ms`);
    assert.equal(beats(held), beats(unheld));
  });
});

/** A word of its own for each number. */
function letters(nth: number): string {
  return [...String(nth)].map((digit) => String.fromCharCode(97 + Number(digit))).join("");
}
