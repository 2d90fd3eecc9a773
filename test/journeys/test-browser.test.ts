// A browser that does not start fails the journey that wants one, at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestBrowser } from "./test-browser.ts";

test("a browser that ends at once is told of by whoever is let in first, and can be closed", async () => {
  const browser = await openTestBrowser(["--version"]);
  await assert.rejects(browser.person(), /closed/);
  await browser.close();
});
