// Papers kept in a customer's file.
import type { Answer, Asking } from "../contract/route.ts";
import { documentRoutes } from "../contract/routes/documents.ts";
import { type CallOptions, type Connection, send } from "./call.ts";
import { SdkError } from "./sdk-error.ts";

type Filing = Asking<typeof documentRoutes.file>["query"];
type Filed = Answer<typeof documentRoutes.file>;
type Question = Asking<typeof documentRoutes.read>["body"];

interface At {
  readonly customerId: string;
  readonly recordId: string;
}

export function documentsOf(connection: Connection) {
  const { file, read } = documentRoutes;
  return {
    async file(customerId: string, query: Filing, bytes: Blob | Uint8Array, options: CallOptions = {}): Promise<Filed> {
      const answer = await send(connection, file, { params: { customerId }, query, body: bytes }, options);
      const parsed = file.answer.safeParse(await answer.json());
      if (!parsed.success) throw new SdkError("unexpected-answer", "the server's answer is not of the agreed form");
      return parsed.data;
    },
    /** The bytes as they arrive. */
    read: (params: At, body: Question): Promise<Response> => send(connection, read, { params, body }, {}),
  };
}
