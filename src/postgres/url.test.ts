// URLs: role names that can be nothing else, and no URL in an error.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PostgresError } from "./errors.ts";
import { parseRole, roleOf, socketUrl, withDatabase, withRole } from "./url.ts";

test("a socket's URL survives any folder name", () => {
  const url = socketUrl("/tmp/a b/ü&?#%", "uberrima_app", "uberrima");
  assert.equal(new URL(url).searchParams.get("host"), "/tmp/a b/ü&?#%");
  assert.equal(roleOf(url), "uberrima_app");
});

test("the role is the one the driver would use", () => {
  assert.equal(roleOf("postgres://a_role:secret@db.example/x"), "a_role");
  assert.equal(roleOf("postgresql://a_role@db.example/x?user=another"), "another");
});

test("a role name that would need quoting is refused", () => {
  for (const name of ["", 'x"; drop', "Upper", "ünicode", "1st", "a-b", "a b", `a${"b".repeat(63)}`]) {
    assert.throws(() => parseRole(name), { code: "bad-role" });
  }
});

test("changes one part and keeps the rest", () => {
  const url = "postgres://a:b@h:5433/one?host=%2Ftmp";
  assert.equal(withDatabase(url, "two"), "postgres://a:b@h:5433/two?host=%2Ftmp");
  assert.equal(withRole(url, "c"), "postgres://c@h:5433/one?host=%2Ftmp");
});

test("an error never quotes the URL, which may hold a password", () => {
  for (const url of ["mysql://a:hidden@h/x", "hidden", "postgres://hidden hidden"]) {
    assert.throws(
      () => roleOf(url),
      (error) => error instanceof PostgresError && !JSON.stringify([error.message, error.cause]).includes("hidden"),
    );
  }
});
