// For fuzz tests: the OpenAPI document of a running server, as a judge of what it answers and as a generator of what may be sent to it.
import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { MARK } from "../support/test-hostile.ts";
import { type JsonSchema, valuesOf } from "./test-json-schema.ts";

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>;

interface OperationObject {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content: Content } | { readonly $ref: string }>>;
}

export interface Asked {
  readonly operationId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Undefined for none. A document, or bytes as they are sent. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  /** With parameters as `{name}`. */
  readonly path: string;
  readonly status: number;
  readonly takes: string | null;
  readonly parameters: readonly Parameter[];
  /** Whether the document allows the request. */
  allows(asked: Asked): boolean;
  /** Fails unless the document describes the answer. */
  judge(answered: Answered): void;
  /** Requests that the document allows. */
  readonly requests: fc.Arbitrary<Asked>;
}

/** Documented, but never an answer to anything that anybody sends. */
const FAILURE = "500";
const PROBLEM = "application/problem+json";

export async function readOperations(url: string): Promise<Operation[]> {
  const answer = await fetch(`${url}/openapi.json`);
  const { paths, components } = (await answer.json()) as {
    readonly paths: Record<string, Record<string, OperationObject>>;
    readonly components: { readonly schemas: { readonly Problem: JsonSchema } };
  };
  const problems = validatorOf(components.schemas.Problem);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) =>
      operationOf({ path, method: method.toUpperCase() }, described, problems),
    ),
  );
}

function operationOf(
  { path, method }: Pick<Operation, "path" | "method">,
  described: OperationObject,
  problems: z.ZodType,
): Operation {
  const { operationId, parameters = [], requestBody, responses } = described;
  const [takes, body] = Object.entries(requestBody?.content ?? {})[0] ?? [null, undefined];
  const [status, success] = Object.entries(responses).find(([code]) => code.startsWith("2")) ?? ["", { content: {} }];
  const [gives = "", answer] = Object.entries("content" in success ? success.content : {})[0] ?? [];
  assert.ok(answer !== undefined, operationId);
  const answers = validatorOf(answer.schema);
  const refusals = Object.keys(responses).filter((code) => code !== status && code !== FAILURE);
  assert.ok(refusals.length > 4 && refusals.every((code) => /^[45]\d\d$/.test(code)), operationId);
  const allowed = { query: partOf(parameters, "query"), params: partOf(parameters, "path") };
  const [params, query] = [validatorOf(allowed.params), validatorOf(allowed.query)];
  const bodies = takes === "application/json" ? validatorOf(body?.schema ?? {}) : null;
  return {
    id: operationId,
    method,
    path,
    status: Number(status),
    takes,
    parameters,
    allows: (asked) =>
      params.safeParse(asked.params).success &&
      new Set(asked.query.map(([name]) => name)).size === asked.query.length &&
      query.safeParse(typed(asked.query, allowed.query)).success &&
      (bodies === null || bodies.safeParse(asked.body).success),
    judge: (answered) => {
      const type = answered.headers.get("content-type")?.split(";")[0];
      if (answered.status === Number(status)) return judgeSuccess(answered, { type, gives, answers });
      assert.ok(
        refusals.includes(String(answered.status)),
        `${operationId}: status ${answered.status} is not documented: ${answered.text}`,
      );
      assert.equal(type, PROBLEM);
      const problem = JSON.parse(answered.text) as { readonly status: number };
      assert.deepEqual(problems.safeParse(problem).error?.issues ?? [], []);
      assert.equal(problem.status, answered.status);
      assert.ok(!answered.text.includes(MARK), `repeats what was sent: ${answered.text}`);
    },
    requests: requestsOf(operationId, allowed, takes === "application/json" ? (body?.schema ?? null) : null),
  };
}

interface Success {
  readonly type: string | undefined;
  readonly gives: string;
  readonly answers: z.ZodType;
}

/** Answers that are no JSON. */
const AS_TEXT = new Set(["text/plain", "text/csv", "text/calendar", "application/pdf", "application/octet-stream"]);

function judgeSuccess({ text }: Answered, { type, gives, answers }: Success): void {
  assert.equal(type, gives);
  const documents = gives === "application/x-ndjson" ? text.trimEnd().split("\n") : [text];
  for (const document of documents) {
    const content: unknown = AS_TEXT.has(gives) ? document : JSON.parse(document);
    assert.deepEqual(answers.safeParse(content).error?.issues ?? [], [], document.slice(0, 500));
  }
}

function validatorOf(schema: JsonSchema): z.ZodType {
  return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
}

function partOf(parameters: readonly Parameter[], place: Parameter["in"]): JsonSchema {
  const listed = parameters.filter((parameter) => parameter.in === place);
  return {
    type: "object",
    properties: Object.fromEntries(listed.map(({ name, schema }) => [name, schema])),
    required: listed.filter(({ required }) => required === true || place === "path").map(({ name }) => name),
    additionalProperties: false,
  };
}

/** A query holds texts only; a number there is its digits. */
function typed(query: Asked["query"], { properties = {} }: JsonSchema): Record<string, unknown> {
  const isNumber = (name: string): boolean => Object.hasOwn(properties, name) && properties[name]?.type === "integer";
  return Object.fromEntries(
    query.map(([name, value]) => [name, isNumber(name) && /^\d{1,16}$/.test(value) ? Number(value) : value]),
  );
}

function requestsOf(
  operationId: string,
  allowed: { readonly params: JsonSchema; readonly query: JsonSchema },
  body: JsonSchema | null,
): fc.Arbitrary<Asked> {
  const texts = (schema: JsonSchema) =>
    valuesOf(schema).map((value) =>
      Object.entries(value as object).map(([name, each]) => [name, String(each)] as const),
    );
  return fc
    .tuple(texts(allowed.params), texts(allowed.query), body === null ? fc.constant(undefined) : valuesOf(body))
    .map(([params, query, document]) => ({ operationId, params: Object.fromEntries(params), query, body: document }));
}
