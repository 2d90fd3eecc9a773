// The OpenAPI document held against a running server: every operation, with requests that it allows and with damaged ones.
import assert from "node:assert/strict";
import { after, before, describe, test, type TestContext } from "node:test";
import fc from "fast-check";
import { damagedJson, damagedText, type JsonValue, MARK, nastyText, runs } from "../support/test-hostile.ts";
import { type FuzzScene, setFuzzScene } from "./test-fuzz-scene.ts";
import { type Asked, type Operation, readOperations } from "./test-openapi.ts";

/** Rules between members, which a JSON schema does not say: the server may refuse what the document allows. */
const REFINED = new Set([
  "addClientKeys",
  "assign",
  "changeUnit",
  "disclose",
  "discloseBatch",
  "previewDisclosure",
  "readDisputedStatements",
  "countDisclosures",
  "countUse",
  "countEntries",
  "previewPackage",
  "makePackage",
  "previewFlow",
  "runFlow",
]);
/** Each time, a new key or a whole scan: asked for less often. */
const COSTLY = new Set(["rotateKeys", "verifyData"]);

describe("the OpenAPI document", () => {
  let scene: FuzzScene;
  let operations: readonly Operation[];
  const goods = new Map<string, Asked>();
  const statuses = new Map<string, Map<number, number>>();

  before(async () => {
    scene = await setFuzzScene();
    operations = await readOperations(scene.server.url);
  });
  after(async () => {
    await scene.close();
    assert.ok(!scene.server.logged.some((line) => line.includes(MARK)), "the log repeats what was sent");
  });

  const operationOf = (id: string): Operation => operations.find((operation) => operation.id === id) ?? assert.fail(id);

  /** Sends, counts, and holds the answer against the document. */
  async function judged(asked: Asked, by = scene.entitled(operationOf(asked.operationId))): Promise<number> {
    const operation = operationOf(asked.operationId);
    const answered = await scene.send(operation, asked, by);
    const counted = statuses.get(operation.id) ?? new Map<number, number>();
    statuses.set(operation.id, counted.set(answered.status, (counted.get(answered.status) ?? 0) + 1));
    assert.notEqual(
      answered.status,
      500,
      `${operation.id}: ${scene.server.logged.findLast((line) => line.includes('"failed"'))}`,
    );
    operation.judge(answered);
    assert.equal(answered.headers.get("cache-control"), "no-store");
    return answered.status;
  }

  function tell(context: TestContext): void {
    const all = [...statuses].map(
      ([id, counted]) =>
        `${id} ${[...counted]
          .sort()
          .map(([status, times]) => `${status}:${times}`)
          .join(" ")}`,
    );
    context.diagnostic(
      `${[...statuses.values()].flatMap((each) => [...each.values()]).reduce((sum, times) => sum + times, 0)} requests; ${all.join("; ")}`,
    );
  }

  test("says of every operation how it succeeds, and it does", async () => {
    for (const operation of operations) {
      const good = await scene.good(operation);
      goods.set(operation.id, good);
      assert.ok(operation.allows(good), `${operation.id}: the document does not allow what succeeds`);
      assert.equal(await judged(good), operation.status, operation.id);
    }
  });

  test("describes every answer to whatever it allows, and the server takes what it allows", async (context) => {
    const frequent = operations.filter(({ id }) => !COSTLY.has(id));
    const asked = fc
      .constantFrom(...frequent)
      .chain((operation) => fc.tuple(fc.constant(operation.id), operation.requests, fc.nat({ max: 6 })));
    await fc.assert(
      fc.asyncProperty(asked, async ([id, request, who]) => {
        const operation = operationOf(id);
        const others = Object.values(scene.people);
        const by =
          who === 0
            ? (others[request.query.length % others.length] ?? scene.entitled(operation))
            : scene.entitled(operation);
        const answered = await scene.send(operation, request, by);
        const code = answered.status === 400 ? (JSON.parse(answered.text) as { code: string }).code : "";
        if (!REFINED.has(id))
          assert.notEqual(code, "invalid-request", `${id} refuses what the document allows: ${answered.text}`);
        await judged(request, by);
      }),
      runs(40, 3600),
    );
    tell(context);
  });

  test("describes every answer to damaged requests, and nothing that it forbids is done", async (context) => {
    const frequent = operations.filter(({ id }) => !COSTLY.has(id)).flatMap(({ id }) => goods.get(id) ?? []);
    const asked = fc.constantFrom(...frequent).chain((good) => damagedRequest(good));
    await fc.assert(
      fc.asyncProperty(asked, async (request) => {
        const operation = operationOf(request.operationId);
        const status = await judged(request);
        const isBytes = typeof request.body === "string" || operation.takes === "application/octet-stream";
        if (!isBytes && !operation.allows(request))
          assert.ok(status >= 400, `${operation.id} answers ${status} to what the document forbids`);
      }),
      runs(100, 9600),
    );
    tell(context);
  });
});

/** One part of a request damaged: a path parameter, the query, the body as a document or as bytes, or the key against repetition. */
function damagedRequest(good: Asked): fc.Arbitrary<Asked> {
  const [param] = Object.entries(good.params)[0] ?? [];
  const body = good.body as JsonValue | undefined;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const parts: fc.Arbitrary<Asked>[] = [
    fc
      .tuple(nastyText, nastyText)
      .map(([name, value]) => ({ ...good, query: [...good.query, [name.toWellFormed(), value.toWellFormed()]] })),
    ...good.query.map(([name, value], at) =>
      fc
        .oneof(nastyText, damagedText(fc.constant(value)))
        .map((changed) => ({ ...good, query: good.query.with(at, [name, changed.toWellFormed()]) })),
    ),
    ...(param === undefined
      ? []
      : [
          fc
            .oneof(nastyText, damagedText(fc.constant(good.params[param] ?? "")))
            .filter((value) => value !== "")
            .map((value) => ({ ...good, params: { ...good.params, [param]: value.toWellFormed() } })),
        ]),
    ...(body === undefined
      ? [fc.oneof(nastyText).map((changed) => ({ ...good, headers: { "idempotency-key": headerText(changed) } }))]
      : []),
  ];
  if (body !== undefined) {
    if (typeof body !== "string")
      parts.push(
        damagedJson(fc.constant(body)).map((changed) => ({ ...good, body: changed })),
        damagedJson(fc.constant(body)).map((changed) => ({ ...good, body: changed })),
      );
    parts.push(damagedText(fc.constant(text)).map((changed) => ({ ...good, body: changed.toWellFormed() })));
    parts.push(nastyText.map((key) => ({ ...good, headers: { "idempotency-key": headerText(key) } })));
  }
  return fc.oneof(...parts);
}

/** What a header may hold at all; hostile bytes go over a bare socket elsewhere. */
const headerText = (text: string): string => text.replaceAll(/[^\x21-\x7e\u00a1-\u00ff]/g, "") || "x";
