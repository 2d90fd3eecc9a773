// `uberrima data-copies others`, `read-others` and `decide-others`: what of a copy may name other people, read by somebody else and released, struck or kept back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { connect } from "../sdk/client.ts";
import { startTestServer } from "../src/test-server.ts";
import { runCli } from "./test-cli.ts";

const PLACE = { entity: "acme", brand: "acme", line: "auto" } as const;
const STORY = "Mrs Wilhelmina Witness saw it from 4 Elm Road.";
const NOTES = "She lies, says Walter Weasel.";

test("what may name others is listed, read with what may be struck out, and decided on by somebody who did not make the copy", async (context) => {
  const server = await startTestServer();
  context.after(() => server.stop());
  const privacy = { role: "dpo", purposes: ["data-subject-request"] } as const;
  const [officer, reviewer] = [await server.createClient(privacy), await server.createClient(privacy)];
  const adjuster = await server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"] });
  const as = (by: { readonly token: string }) => connect({ url: server.url, token: by.token });
  const claim = (fields: Readonly<Record<string, string>>) => ({
    kind: "claim" as const,
    ...PLACE,
    records: [{ type: "claim", fields }],
  });
  const { customerId } = await as(adjuster).customers.create({
    kind: "person",
    units: [
      { kind: "relationship", ...PLACE, records: [{ type: "person", fields: { "last-name": "Quokka" } }] },
      claim({ number: "CL-7", narrative: STORY }),
      claim({ number: "CL-8", narrative: NOTES }),
    ],
  });
  await as(server.admin).assignments.create({ customerId, clientId: reviewer.principalId, kind: "case" });
  const { copyId } = await as(officer).dataCopies.make(customerId);
  const run = (by: { readonly token: string }, verb: string, ...more: readonly string[]) =>
    runCli(["data-copies", verb, customerId, copyId, ...more], { UBERRIMA_URL: server.url, UBERRIMA_TOKEN: by.token });
  const good = async (...args: Parameters<typeof run>): Promise<string> => {
    const { code, output, errors } = await run(...args);
    assert.equal(code, 0, errors);
    return output;
  };
  assert.match(await good(officer, "others"), /RECORD .*DECISION[^]*claim .*narrative .*to decide/);
  const { items } = JSON.parse(await good(reviewer, "others", "--json"));
  const readings: { readonly recordId: string; readonly texts: readonly { readonly value: string }[] }[] = [];
  for (const { recordId } of items as readonly { readonly recordId: string }[])
    readings.push(JSON.parse(await good(reviewer, "read-others", recordId, "--json")));
  const holding = (text: string) => readings.find(({ texts }) => texts[0]?.value === text) ?? assert.fail(text);
  const [story, notes] = [holding(STORY), holding(NOTES)];
  const shown = await good(reviewer, "read-others", story.recordId);
  assert.match(shown, /revision +1\n[^]*narrative[^]*Mrs Wilhelmina Witness saw it/);
  assert.match(shown, /narrative:0-22 +addressed +Mrs Wilhelmina Witness\n/);
  const road = `narrative:${STORY.indexOf("4 Elm")}-${STORY.length - 1}`;
  const releasing = [story.recordId, "--release", "--revision", "1", "--strike", "narrative:0-22", "--strike", road];
  for (const wrong of [
    [story.recordId, "--release"],
    [story.recordId, "--keep-back", "others-rights", "--strike", road],
    [...releasing, "--keep-back", "others-rights"],
    [story.recordId, "--release", "--revision", "1", "--strike", "Wilhelmina"],
    [story.recordId],
  ])
    assert.equal((await run(reviewer, "decide-others", ...wrong)).code, 2, wrong.join(" "));
  const own = await run(officer, "decide-others", ...releasing);
  assert.match(own.errors, /whoever made the package neither reviews it/);
  assert.match(await good(reviewer, "decide-others", ...releasing), /decision +released, 2 passages struck out/);
  const kept = await good(reviewer, "decide-others", notes.recordId, "--keep-back", "others-rights");
  assert.match(kept, /decision +others-rights/);
  const fetched = await (await as(reviewer).dataCopies.fetch({ customerId, copyId }, "json")).text();
  assert.ok(fetched.includes("[...] saw it from [...].") && !/Witness|Elm|Weasel/.test(fetched), fetched);
});

test("the help of each says what it asks for, and why passages are places and not words", async () => {
  for (const verb of ["others", "read-others", "decide-others"])
    assert.match((await runCli(["data-copies", verb, "--help"], {})).output, /Examples:/);
  const { output } = await runCli(["data-copies", "decide-others", "--help"], {});
  assert.match(output, /shell's\s+history/);
});
