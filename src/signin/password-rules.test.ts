// Which passwords are good enough: not the known ones, not the person's own words, not the short ones.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createPasswordRules } from "./password-rules.ts";

const judge = createPasswordRules({ lengthMin: 12, lengthMax: 128, scoreMin: 3 });
const ADA = { name: "Ada Byron", email: "ada.byron@insurer.example", company: "insurer.example" };

test("a password that everybody uses is refused, whatever is put behind it", async () => {
  for (const password of ["password1234", "Password2026!!", "qwertyuiop12", "iloveyou!!!!!!!!"])
    assert.equal(await judge(password, ADA), "common", password);
});

test("a person's own name, address or company with figures and signs around it is refused", async () => {
  for (const password of ["Ada Byron 2026!", "byron-ada-1815-12", "ada.byron@insurer.example", "Insurer 2026 #1!"])
    assert.equal(await judge(password, ADA), "guessable", password);
});

test("too short and too long are said to be so, counted in characters and not in bytes", async () => {
  assert.equal(await judge("k9#Wq!2zR$7", ADA), "too-short");
  assert.equal(await judge("ä".repeat(11), ADA), "too-short");
  assert.equal(await judge("x".repeat(129), ADA), "too-long");
});

test("words that do not belong together are good, also beside a name, and so is what a password manager makes", async () => {
  for (const password of [
    "glacier umbrella tangent 47 oboe",
    "ada eats seventeen oboes",
    "k9#Wq!2zR$7Lm",
    "7381!9274#5610$2",
  ])
    assert.equal(await judge(password, ADA), null, password);
});
