// Guarantee: each case of snooping that the domain notes tell of is seen, before anything is shown, and told in plain words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../kernel/ids.ts";
import { explanationOf, themeOf, toldOf } from "./opening.ts";
import { codesOf, MINUTE_MS, MONDAY_MS, openBench, RULES } from "./test-scorer.ts";
import { DAY_MS } from "./working-days.ts";

test("a relative's file, found by name, without a claim, is held, and the explanation says just that", () => {
  const bench = openBench();
  const asker = bench.person();
  bench.scorer.noteNameSearch(asker, MONDAY_MS - 56_000);
  const verdict = bench.open(asker, { tie: "none", relations: new Set(["same-surname-and-address"]) });
  assert.equal(verdict.outcome, "hold");
  assert.equal(verdict.isAlert, true);
  assert.equal(
    explanationOf(verdict),
    "same surname and address; no claim or policy assigned; opened by name search, 56 seconds after it",
  );
  assert.equal(toldOf(verdict), "same surname and address; no claim or policy assigned; opened by name search");
});

test("a shared surname alone never stops anything, nor does it with all that goes with a look at a stranger", () => {
  const bench = openBench();
  const asker = bench.person();
  const relations = new Set(["same-surname"] as const);
  assert.equal(bench.open(asker, { relations }).outcome, "allow");
  bench.scorer.noteNameSearch(asker, MONDAY_MS - 1000);
  const verdict = bench.open(asker, { tie: "none", relations });
  assert.deepEqual([verdict.outcome, verdict.isAlert], ["allow", false]);
});

test("curiosity on a neighbour: the same address without a claim is stopped; with the claim in hand it is left alone", () => {
  const bench = openBench();
  const asker = bench.person();
  const relations = new Set(["same-address"] as const);
  assert.equal(bench.open(asker, { tie: "none", relations }).outcome, "step-up");
  const inHand = bench.open(asker, { relations });
  assert.deepEqual([inHand.outcome, inHand.isAlert], ["allow", false]);
});

test("curiosity on a colleague, and on a known person: an alert without a claim, nothing with one, and the flag is told to nobody", () => {
  for (const flag of ["employee", "vip"] as const) {
    const bench = openBench();
    const asker = bench.person();
    const verdict = bench.open(asker, { tie: "none", flags: new Set([flag]) });
    assert.equal(verdict.isAlert, true);
    assert.doesNotMatch(toldOf(verdict), /colleague|known/);
    assert.equal(bench.open(asker, { flags: new Set([flag]) }).isAlert, false);
  }
});

test("the same household, telephone or e-mail address: a second person without a claim, a reason with it in hand", () => {
  for (const relation of ["household", "same-phone", "same-email"] as const) {
    const bench = openBench();
    const relations = new Set([relation]);
    const stranger = bench.open(bench.person(), { tie: "none", relations });
    assert.ok(["second-person", "hold"].includes(stranger.outcome), relation);
    assert.equal(bench.open(bench.person(), { relations }).outcome, "ask-reason", relation);
  }
});

test("the dead: their file weighs more than a living stranger's, nothing in hand, and that they are dead is told to nobody", () => {
  const night = MONDAY_MS + 15 * 60 * MINUTE_MS;
  const [living, dead] = [[], ["deceased"] as const].map((flags) => {
    const bench = openBench();
    const asker = bench.person();
    bench.past(asker, 15, 12);
    assert.equal(bench.open(asker, { flags: new Set(flags) }).points, 0);
    return bench.open(asker, { tie: "none", atMs: night, flags: new Set(flags) });
  });
  assert.deepEqual([living?.outcome, dead?.outcome], ["allow", "ask-reason"]);
  assert.match(explanationOf(dead!), /the file of a deceased person/);
  assert.doesNotMatch(toldOf(dead!), /deceased/);
});

test("searched by name and not worked on: a dozen in a week are an alert, those of a desk whose callers all give names are not", () => {
  const bench = openBench();
  const curious = bench.person();
  const look = (asker: typeof curious, at: number, tie: "none" | "assigned") => {
    const atMs = MONDAY_MS + Math.floor(at / 3) * DAY_MS + (at % 3) * 60 * MINUTE_MS;
    bench.scorer.noteNameSearch(asker, atMs - 20_000);
    return bench.open(asker, { atMs, tie });
  };
  const verdicts = Array.from({ length: 12 }, (_, at) => look(curious, at, "none"));
  assert.equal(verdicts[5]?.isAlert, false);
  assert.ok(verdicts.at(-1)?.isAlert);
  assert.match(explanationOf(verdicts.at(-1)!), /found by name and not worked on in seven days \(12\)/);
  const desk = bench.person("csr");
  assert.ok(Array.from({ length: 60 }, (_, at) => look(desk, at, "assigned")).every(({ points }) => points === 0));
});

test("an emergency access is no assignment: beside a relationship it is stopped, by itself it is reviewed elsewhere", () => {
  const bench = openBench();
  assert.equal(bench.open(bench.person(), { tie: "emergency" }).outcome, "allow");
  const relations = new Set(["household"] as const);
  assert.equal(bench.open(bench.person(), { tie: "emergency", relations }).outcome, "second-person");
});

test("nobody opens the own file, not even with the claim in hand", () => {
  const bench = openBench();
  for (const tie of ["none", "assigned", "book", "oversight"] as const)
    assert.equal(bench.open(bench.person(), { tie, relations: new Set(["own-file"]) }).outcome, "hold");
});

test("former partners: the same person again and again without a claim", () => {
  const bench = openBench();
  const asker = bench.person();
  const customerId = newId();
  const verdicts = [0, 3, 7].map((day) =>
    bench.open(asker, { customerId, tie: "none", atMs: MONDAY_MS + day * DAY_MS }),
  );
  assert.deepEqual(
    verdicts.map(({ isAlert }) => isAlert),
    [false, false, true],
  );
  assert.equal(themeOf(verdicts[2]!), "returns");
});

test("Anthem and Excellus (1, 3): a valid login reads far more than the role does in an hour, and is held", () => {
  const bench = openBench();
  const asker = bench.person();
  const verdicts = Array.from({ length: 200 }, (_, at) => bench.open(asker, { atMs: MONDAY_MS + at * 15_000 }));
  assert.equal(verdicts[40]?.outcome, "allow");
  assert.equal(verdicts.at(-1)?.outcome, "hold");
  assert.ok(codesOf(verdicts.at(-1)!).includes("far-over-hour-ceiling"));
});

test("a call desk takes sixty calls an hour all day and hears nothing", () => {
  const bench = openBench();
  const asker = bench.person("csr");
  bench.past(asker, 10, 300);
  for (let call = 0; call < 8 * 60; call += 1) {
    const atMs = MONDAY_MS + call * MINUTE_MS;
    bench.scorer.noteNameSearch(asker, atMs - 10_000);
    const { outcome, isAlert } = bench.open(asker, { atMs });
    assert.deepEqual([outcome, isAlert], ["allow", false]);
  }
});

test("Premera (2) and slow and low: one a day without a claim is seen over weeks, against peers", () => {
  const bench = openBench();
  const peers = Array.from({ length: 20 }, () => bench.person());
  const asker = bench.person();
  const verdicts = Array.from({ length: 28 }, (_, day) => {
    const atMs = MONDAY_MS + day * DAY_MS;
    for (const peer of peers) bench.open(peer, { atMs });
    return bench.open(asker, { tie: "none", atMs });
  });
  assert.equal(verdicts[10]?.isAlert, false);
  const alert = verdicts.find(({ isAlert }) => isAlert);
  assert.ok(alert !== undefined);
  assert.equal(themeOf(alert), "unassigned");
});

test("First American (10): ids changed digit by digit are an alert after ten, and refused anyway", () => {
  const bench = openBench();
  const asker = bench.person();
  const verdicts = Array.from({ length: 30 }, (_, at) =>
    bench.open(asker, { tie: "none", refused: true, atMs: MONDAY_MS + at * 15_000 }),
  );
  assert.equal(verdicts[8]?.isAlert, false);
  assert.equal(verdicts[9]?.isAlert, true);
  assert.ok(
    verdicts.every(({ outcome }) => outcome === "allow"),
    "what is refused needs no other answer",
  );
});

test("Medibank (13): a stolen login at an hour at which its owner never works, on files that are nobody's of theirs", () => {
  const bench = openBench();
  const asker = bench.person();
  bench.past(asker, 15, 12);
  const atMs = MONDAY_MS + 15 * 60 * MINUTE_MS;
  const verdict = bench.open(asker, { tie: "none", atMs });
  assert.ok(codesOf(verdict).includes("odd-hours"));
  assert.equal(verdict.isAlert, true);
  assert.equal(bench.open(asker, { atMs }).isAlert, false, "a late evening on own work is left alone");
});

test("a night shift has a habit of nights", () => {
  const bench = openBench();
  const night = bench.person("csr");
  for (let day = 15; day > 0; day -= 1) bench.open(night, { atMs: MONDAY_MS - day * DAY_MS + 15 * 60 * MINUTE_MS });
  const verdict = bench.open(night, { atMs: MONDAY_MS + 15 * 60 * MINUTE_MS, tie: "none" });
  assert.ok(!codesOf(verdict).includes("odd-hours"));
});

test("Bupa (21): bulk before leaving stands out against own days and peers', though all of it is the own book", () => {
  const bench = openBench();
  const peers = Array.from({ length: 8 }, () => bench.person("agent"));
  for (const peer of peers) bench.past(peer, 12, 15);
  const leaver = peers[0]!;
  const verdicts = Array.from({ length: 110 }, (_, at) =>
    bench.open(leaver, { tie: "book", atMs: MONDAY_MS + at * 3 * MINUTE_MS }),
  );
  assert.equal(verdicts[30]?.isAlert, false, "a busy day");
  assert.equal(verdicts.at(-1)?.isAlert, true);
  assert.deepEqual(codesOf(verdicts.at(-1)!).slice(0, 2).toSorted(), ["over-own-habit", "over-peers"]);
});

test("LV= and RAC (22): accident victims looked at to be sold, a few a day, without a claim", () => {
  const bench = openBench();
  const peers = Array.from({ length: 20 }, () => bench.person());
  for (const peer of peers) bench.past(peer, 10, 8);
  const seller = peers[0]!;
  const verdicts = Array.from({ length: 5 * 4 }, (_, at) =>
    bench.open(seller, { tie: "none", atMs: MONDAY_MS + Math.floor(at / 4) * DAY_MS + (at % 4) * MINUTE_MS }),
  );
  assert.ok(
    verdicts.some(({ isAlert }) => isAlert),
    "within one week",
  );
});

test("an ex-employee's login (22): an account back after a long absence looks at strangers; whoever is back from leave works", () => {
  const bench = openBench();
  const asker = bench.person();
  bench.past(asker, 10, 10);
  const later = { atMs: MONDAY_MS + 60 * DAY_MS };
  assert.equal(bench.open(asker, later).isAlert, false);
  const verdict = bench.open(asker, { ...later, tie: "none" });
  assert.equal(verdict.isAlert, true);
  assert.match(explanationOf(verdict), /first day after a long absence \(61 days\)/);
});

test("the masked list of one's own work is no haste, however long; opening what it lists, or strangers masked, as fast is", () => {
  const bench = openBench();
  const asker = bench.person();
  const customers = Array.from({ length: 40 }, () => newId());
  const lines = customers.map((customerId) => bench.open(asker, { customerId, isClear: false }));
  assert.ok(lines.every(({ points }) => points === 0));
  const opened = customers.slice(0, 12).map((customerId) => bench.open(asker, { customerId, atMs: MONDAY_MS + 1000 }));
  assert.deepEqual(codesOf(opened.at(-1)!), ["speed"]);
  const other = bench.person();
  const strangers = Array.from({ length: 12 }, () => bench.open(other, { tie: "none", isClear: false }));
  assert.ok(codesOf(strangers.at(-1)!).includes("speed"));
});

test("one claim in hand is no ground for many files", () => {
  const bench = openBench();
  const asker = bench.person();
  const workUnitId = newId();
  const verdicts = Array.from({ length: 12 }, () => bench.open(asker, { workUnitId }));
  assert.equal(verdicts[5]?.isAlert, false);
  assert.equal(themeOf(verdicts.at(-1)!), "many-from-one-work");
});

test("Allianz Life (19): a connected application over its ceiling is held; below it no batch job is asked anything", () => {
  const bench = openBench();
  const shop = bench.machine("repair-shop");
  const verdicts = Array.from({ length: 501 }, () => bench.open(shop));
  assert.ok(verdicts.slice(0, 500).every(({ outcome, isAlert }) => outcome === "allow" && !isAlert));
  assert.equal(verdicts.at(-1)?.outcome, "hold");
  const batch = bench.machine();
  for (let at = 0; at < 20_000; at += 1) assert.equal(bench.open(batch).outcome, "allow");
});

test("a catastrophe mode widens volumes, and nothing else", () => {
  const { scorer, person } = openBench();
  const asker = person();
  const opening = (at: number) => ({
    atMs: MONDAY_MS + at * 20_000,
    customerId: newId(),
    workUnitId: null,
    tie: "assigned" as const,
    refused: false,
    isClear: true,
    flags: new Set<never>(),
    relations: new Set<never>(),
  });
  const { times } = RULES.catastrophe;
  for (let at = 0; at < 120; at += 1) assert.equal(scorer.weigh(asker, opening(at), times).outcome, "allow");
  const relative = { ...opening(1), tie: "none" as const, relations: new Set(["household"] as const) };
  assert.equal(scorer.weigh(asker, relative, times).outcome, "hold");
});
