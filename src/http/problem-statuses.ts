// Which problems an operation may answer with: one table, read off what the operation is, so that the OpenAPI document names every status.
import { z } from "zod";
import { problem } from "../../contract/common.ts";

/** What of an operation tells how it may fail. */
interface Kind {
  readonly needsToken: boolean;
  readonly hasPath: boolean;
  readonly hasQuery: boolean;
  readonly hasBody: boolean;
  readonly writes: boolean;
}

interface Row {
  readonly status: number;
  readonly says: string;
  readonly of: (kind: Kind) => boolean;
}

const always = (): boolean => true;
const proves = ({ needsToken, hasBody }: Kind): boolean => needsToken || hasBody;
const names = ({ hasPath, hasQuery, writes }: Kind): boolean => hasPath || hasQuery || writes;
const writes = (kind: Kind): boolean => kind.writes;

const TABLE: readonly Row[] = [
  { status: 400, says: "A part of the request is missing or wrong: see `errors`", of: always },
  { status: 401, says: "Whoever asks is not known, or not any more", of: proves },
  { status: 403, says: "Whoever asks may not do that", of: proves },
  { status: 404, says: "Not there, or nothing that whoever asks may know of", of: names },
  { status: 405, says: "Another method is answered here: see `Allow`", of: always },
  { status: 408, says: "The request did not arrive in time", of: always },
  { status: 409, says: "Does not fit the state of what it is about", of: writes },
  { status: 410, says: "Erased, or over for good", of: names },
  { status: 413, says: "Larger than the limit", of: writes },
  { status: 414, says: "A part of the URL is longer than the limit", of: ({ hasPath }) => hasPath },
  { status: 415, says: "The body is of another media type", of: writes },
  { status: 422, says: "Understood, and refused for what it says", of: writes },
  { status: 423, says: "Locked after too many failures: somebody else may unlock it", of: writes },
  { status: 429, says: "Too many requests: wait as long as `Retry-After` says", of: always },
  { status: 431, says: "The headers are larger than the limit", of: always },
  { status: 500, says: "A failure of ours: quote the reference", of: always },
  { status: 503, says: "Nothing was done: try again after `Retry-After`", of: always },
];

interface OperationObject {
  readonly security?: readonly object[];
  readonly parameters?: readonly object[];
  readonly requestBody?: object;
  responses?: Record<string, unknown>;
}

interface DocumentObject {
  readonly paths?: Readonly<Record<string, object | undefined>> | undefined;
  components?: object | undefined;
}

/** Names each problem in every operation, by reference to one description a status. */
export function withProblems<Document extends DocumentObject>(document: Document): Document {
  const schema = z.toJSONSchema(problem, { target: "openapi-3.0", io: "output" });
  const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  const responses = TABLE.map(({ status, says }) => [`Problem${status}`, { description: says, content }] as const);
  document.components = {
    ...document.components,
    schemas: { ...schemasOf(document.components), Problem: schema },
    responses: Object.fromEntries(responses),
  };
  for (const methods of Object.values(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(methods ?? {}) as [string, OperationObject][]) {
      const listed = TABLE.filter((row) => row.of(kindOf(method, operation)));
      operation.responses = {
        ...operation.responses,
        ...Object.fromEntries(
          listed.map(({ status }) => [status, { $ref: `#/components/responses/Problem${status}` }]),
        ),
      };
    }
  }
  return document;
}

function schemasOf(components: object | undefined): object {
  return components !== undefined && "schemas" in components ? (components.schemas as object) : {};
}

function kindOf(method: string, { security = [], parameters = [], requestBody }: OperationObject): Kind {
  const isIn = (place: string): boolean => parameters.some((each) => "in" in each && each.in === place);
  return {
    needsToken: security.length > 0,
    hasPath: isIn("path"),
    hasQuery: isIn("query"),
    hasBody: requestBody !== undefined,
    writes: method !== "get",
  };
}
