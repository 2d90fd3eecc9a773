// Writes an answer without holding it against its schema again: for the hottest route, whose tests do so instead.
import type { FastifyReply } from "fastify";
import type { Answer, Route } from "../../contract/route.ts";

type Shown<Value> = Value extends readonly (infer Item)[]
  ? readonly Shown<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Shown<Value[Key]> }
    : Value;

/** `R` is the operation that is answered: the compiler holds `answer` against it. */
export function sendText<R extends Route>(reply: FastifyReply, answer: Shown<Answer<R>>): FastifyReply {
  return reply.type("application/json; charset=utf-8").send(JSON.stringify(answer));
}
