// Where a webhook may not go: addresses within, in whatever spelling, and names that mean one.
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { connect } from "node:net";
import { checkedDestination, isPublicAddress, lookupPublic } from "./destination.ts";

test("addresses that are not public are told from those that are", () => {
  const within =
    "127.0.0.1 10.1.2.3 172.31.255.255 192.168.0.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ::1 :: fe80::1 fd00::1 ::ffff:10.0.0.1 64:ff9b::a00:1 2002:a00:1:: 2001:db8::1 ff02::1 no-address".split(
      " ",
    );
  assert.deepEqual(within.filter(isPublicAddress), []);
  const public_ = ["8.8.8.8", "172.32.0.1", "192.0.1.1", "2606:4700::1111", "2a00:1450::1"];
  assert.deepEqual(
    public_.filter((each) => !isPublicAddress(each)),
    [],
  );
});

test("a destination is https, without a user, and no address within however it is written", () => {
  const refused = {
    "bad-destination": [
      "http://example.com/",
      "https://me:secret@example.com/",
      "https://example.com/#part",
      "file:///etc/passwd",
      "nowhere",
    ],
    "private-destination": [
      "https://127.0.0.1/",
      "https://2130706433/",
      "https://0x7f.1/",
      "https://[::ffff:127.0.0.1]/",
      "https://localhost./",
      "https://printer.local/",
      "https://metadata.google.internal/",
    ],
  };
  for (const [code, urls] of Object.entries(refused))
    for (const url of urls) assert.throws(() => checkedDestination(url, false), { code }, url);
  assert.equal(checkedDestination("https://hooks.example.com/in?x=1", false).hostname, "hooks.example.com");
  assert.equal(checkedDestination("https://10.0.0.1/", true).hostname, "10.0.0.1");
});

test("a name that means an address within is not connected to", async () => {
  const socket = connect({ host: "localhost", port: 9, lookup: lookupPublic });
  const [error] = (await once(socket, "error")) as [{ code?: string }];
  assert.equal(error.code, "private-destination");
});
