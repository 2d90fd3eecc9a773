// What stands in links can be given to a command line.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newLinkSecret } from "./seal-file.ts";

test("no secret of a link looks like an option, and none comes twice", () => {
  const secrets = Array.from({ length: 2000 }, newLinkSecret);
  assert.deepEqual(
    secrets.filter((secret) => !/^[\w][\w-]{42}$/.test(secret)),
    [],
  );
  assert.equal(new Set(secrets).size, secrets.length);
});
