// Access tokens say what they were made to say, to nobody but us, and nothing else can be made of one.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { newId } from "../kernel/ids.ts";
import { PURPOSES } from "../kernel/vocabulary.ts";
import { openTestKeys, type TestKeys } from "../keys/test-keys.ts";
import { printAccessToken, readAccessToken, type AccessToken } from "./access-token.ts";

let held: TestKeys;
before(async () => {
  held = await openTestKeys();
});
after(() => held.close());

function make(parts: Partial<AccessToken> = {}): AccessToken {
  return {
    tokenId: newId(),
    clientId: newId(),
    credentialId: newId(),
    certificate: null,
    actingFor: null,
    purposes: ["claim-handling", "administration"].toSorted(
      (left, right) => PURPOSES.indexOf(left as never) - PURPOSES.indexOf(right as never),
    ) as never,
    endsAt: new Date("2026-11-29T09:05:00Z"),
    ...parts,
  };
}

const print = (token: AccessToken): string => printAccessToken(held.keys, token);

test("a token of every form is read as it was written, and fits where tokens go", () => {
  const actingFor = { personId: newId(), sessionId: newId() };
  for (const certificate of [null, new Uint8Array(randomBytes(32))]) {
    for (const acting of [null, actingFor]) {
      for (const purposes of [[], [...PURPOSES]]) {
        const token = make({ certificate, actingFor: acting, purposes });
        const text = print(token);
        assert.ok(text.length <= 260, String(text.length));
        const read = readAccessToken(held.keys, text);
        assert.ok(read !== null);
        assert.deepEqual(
          { ...read, certificate: read.certificate === null ? null : new Uint8Array(read.certificate) },
          token,
        );
      }
    }
  }
});

test("no change of any character passes", () => {
  const text = print(make({ certificate: randomBytes(32) }));
  for (let at = 4; at < text.length; at += 1) {
    const other = text[at] === "A" ? "B" : "A";
    assert.equal(readAccessToken(held.keys, text.slice(0, at) + other + text.slice(at + 1)), null, String(at));
  }
  for (const odd of [text.slice(0, -1), `${text}A`, text.slice(4), text.toUpperCase(), "uba_", `${text}\n`])
    assert.equal(readAccessToken(held.keys, odd), null);
});

test("what was sealed for another place is no token, nor is a token anything else", () => {
  const sealed = held.keys.sealUnder("authority", Buffer.alloc(80, 1), Buffer.from("uberrima/principal-name/v1"));
  assert.equal(readAccessToken(held.keys, `uba_${Buffer.from(sealed).toString("base64url")}`), null);
});

test("nothing of what it says can be read off a token", () => {
  const token = make({ certificate: Buffer.alloc(32, 7) });
  const bytes = Buffer.from(print(token).slice(4), "base64url").toString("hex");
  for (const id of [token.tokenId, token.clientId, token.credentialId])
    assert.ok(!bytes.includes(id.replaceAll("-", "")));
  assert.ok(!bytes.includes("07".repeat(8)));
});

test("reading one costs well below 0.2 ms of processor time", (context) => {
  const text = print(make({ certificate: randomBytes(32) }));
  const rounds = 5000;
  for (let round = 0; round < 500; round += 1) readAccessToken(held.keys, text);
  const start = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) readAccessToken(held.keys, text);
  const { user, system } = process.cpuUsage(start);
  const each = (user + system) / rounds;
  context.diagnostic(`${each.toFixed(1)} us a token`);
  assert.ok(each < 200, `${each} us`);
});
