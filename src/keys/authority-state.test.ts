// The sealed state of a customer: bound to its place, and of one size.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { newId } from "../kernel/ids.ts";
import { FLAGS } from "../kernel/vocabulary.ts";
import { ENVELOPE_OVERHEAD_BYTES, open, seal } from "./aead.ts";
import { type AuthorityState, openAuthorityState, sealAuthorityState } from "./authority-state.ts";

const key = { version: 1, key: randomBytes(32) };
const keys = {
  sealUnder: (domain: string, plaintext: Uint8Array, aad: Uint8Array) =>
    seal(key, plaintext, Buffer.concat([Buffer.from(domain), aad])),
  openUnder: (domain: string, sealed: Uint8Array, aad: Uint8Array) =>
    open(key, sealed, Buffer.concat([Buffer.from(domain), aad])),
};

const instant = fc
  .date({ min: new Date(0), max: new Date("2200-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString());
const flag = fc.record(
  {
    id: fc.constant(null).map(newId),
    kind: fc.constantFrom(...FLAGS),
    startsAt: instant,
    endsAt: fc.option(instant),
  },
  { noNullPrototype: true },
);
const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("hex"));
const state: fc.Arbitrary<AuthorityState> = fc.record(
  {
    kind: fc.constantFrom("person", "organisation"),
    status: fc.constantFrom("active", "erased"),
    flags: fc.array(flag, { maxLength: 6 }),
    assignmentsDigest: digest,
    linksDigest: digest,
  },
  { noNullPrototype: true },
);

test("what was sealed opens, and six flags show in the size no more than none", () => {
  const place = { customerId: newId(), revision: 3, act: newId() };
  fc.assert(
    fc.property(state, (given) => {
      const sealed = sealAuthorityState(keys, place, given);
      assert.deepEqual(openAuthorityState(keys, place, sealed), given);
      assert.equal(sealed.length, 1152 + ENVELOPE_OVERHEAD_BYTES);
    }),
  );
});

test("holds are kept with the state, and of one without them nothing shows", () => {
  const place = { customerId: newId(), revision: 3, act: newId() };
  const none = { kind: "person", status: "active", flags: [], assignmentsDigest: "00", linksDigest: "00" } as const;
  const held = {
    ...none,
    holds: [
      { holdId: newId(), unitId: null },
      { holdId: newId(), unitId: newId() },
    ],
  };
  for (const given of [none, held]) {
    const sealed = sealAuthorityState(keys, place, given);
    assert.deepEqual(openAuthorityState(keys, place, sealed), given);
    assert.equal(sealed.length, 1152 + ENVELOPE_OVERHEAD_BYTES);
  }
});

test("what is disputed is kept with the state, as many as a customer may file", () => {
  const place = { customerId: newId(), revision: 3, act: newId() };
  const dispute = () => ({
    statementId: newId(),
    recordId: newId(),
    fields: Array.from({ length: 5 }, (_, at) => `${"f".repeat(59)}${at}`),
    filedAt: "2026-11-29T18:00:00.000Z",
  });
  const bare = { kind: "person", status: "active", flags: [], assignmentsDigest: "00", linksDigest: "00" } as const;
  const given = { ...bare, disputes: Array.from({ length: 20 }, dispute) };
  assert.deepEqual(openAuthorityState(keys, place, sealAuthorityState(keys, place, given)), given);
});

test("a state opens for no other customer, revision or act", () => {
  const place = { customerId: newId(), revision: 3, act: newId() };
  const sealed = sealAuthorityState(keys, place, {
    kind: "person",
    status: "active",
    flags: [],
    assignmentsDigest: "00",
    linksDigest: "00",
  });
  for (const other of [
    { ...place, customerId: newId() },
    { ...place, revision: 2 },
    { ...place, act: newId() },
  ]) {
    assert.throws(() => openAuthorityState(keys, other, sealed), { code: "does-not-open" });
  }
});

test("what does not fit takes whole blocks, up to a limit", () => {
  const place = { customerId: newId(), revision: 1, act: newId() };
  const flags = (count: number) =>
    Array.from({ length: count }, () => ({
      id: newId(),
      kind: "vip" as const,
      startsAt: "2026-01-01T00:00:00.000Z",
      endsAt: null,
    }));
  const many = { kind: "person", status: "active", flags: flags(30), assignmentsDigest: "", linksDigest: "" } as const;
  const sealed = sealAuthorityState(keys, place, many);
  assert.equal((sealed.length - ENVELOPE_OVERHEAD_BYTES) % 1152, 0);
  assert.deepEqual(openAuthorityState(keys, place, sealed), many);
  assert.throws(() => sealAuthorityState(keys, place, { ...many, flags: flags(1000) }), { code: "limit" });
});

test("sealed bytes that are no state are refused without being quoted", () => {
  const place = { customerId: newId(), revision: 1, act: newId() };
  for (const plaintext of ["", "\0\0\0\u0009not a json", "\0\0\0\u0002{}", "\u00ff\0\0\0{}"]) {
    const lying = { openUnder: () => Buffer.from(plaintext, "latin1") };
    assert.throws(() => openAuthorityState(lying, place, new Uint8Array(64)), {
      code: "does-not-open",
      message: "sealed data does not open: it was changed, moved, or sealed under another key",
    });
  }
});
