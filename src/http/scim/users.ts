// /scim/v2/Users
import type { FastifyInstance } from "fastify";
import type { Person } from "../../federation/federation.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { parseId } from "../../kernel/ids.ts";
import { principalOf } from "../authentication.ts";
import { groupId, type Shell } from "../shell.ts";
import { equalTo, listed, parseListing } from "./listing.ts";
import { patched } from "./patching.ts";
import { ScimFailure } from "./scim-error.ts";
import { draftOfUser, userOf } from "./user.ts";

/** A directory larger than this is listed by filter alone. */
const PEOPLE_MAX = 20_000;
const PAGE_MAX = 500;

export function scimUsers(scim: FastifyInstance, shell: Shell): void {
  const { people } = shell.federated;
  const resource = (person: Person) => userOf(person, (name) => groupId(shell.keys, name));
  scim.get("/Users", async ({ query }) => {
    const listing = parseListing(query);
    const userName = equalTo(listing, "userName");
    // RFC 7643 4.1.1: the name is compared without regard to case, so the filter has nothing to add.
    if (userName !== null) return listed((await namedAs(shell, userName)).map(resource), { ...listing, filter: null });
    return listed((await everybody(shell)).map(resource), listing);
  });
  scim.get("/Users/:id", async ({ params }) => resource(await personAt(shell, params)));
  scim.post("/Users", async (request, reply) => {
    const made = await people.create(draftOfUser(request.body, []), principalOf(request));
    void reply.code(201).header("location", `/scim/v2/Users/${made.ownerId}`);
    return resource(made);
  });
  scim.put("/Users/:id", async (request) => {
    const { ownerId, content } = await personAt(shell, request.params);
    return resource(await people.replace(ownerId, draftOfUser(request.body, content.groups), principalOf(request)));
  });
  scim.patch("/Users/:id", async (request) => {
    const before = await personAt(shell, request.params);
    const after = draftOfUser(patched(resource(before), request.body), before.content.groups);
    return resource(await people.replace(before.ownerId, after, principalOf(request)));
  });
  scim.delete("/Users/:id", async (request, reply) => {
    const { ownerId } = await personAt(shell, request.params);
    await people.remove(ownerId, principalOf(request));
    return reply.code(204).send();
  });
}

/** Throws ScimFailure 404. */
async function personAt({ federated }: Shell, params: unknown): Promise<Person> {
  const id = parseId(String((params as { readonly id?: unknown }).id));
  const person = id === null ? null : await federated.people.get(id);
  if (person === null) throw new ScimFailure(404, "no such user");
  return person;
}

async function namedAs({ federated }: Shell, userName: string): Promise<readonly Person[]> {
  return [await federated.people.named(userName)].filter((each) => each !== null);
}

export async function everybody({ federated: { people } }: Shell): Promise<readonly Person[]> {
  const all: Person[] = [];
  let after: Uuid | null = null;
  do {
    const page: Awaited<ReturnType<typeof people.page>> = await people.page(after, PAGE_MAX);
    all.push(...page.people);
    if (all.length > PEOPLE_MAX)
      throw new ScimFailure(400, `more than ${PEOPLE_MAX} users: filter by userName`, "tooMany");
    after = page.next;
  } while (after !== null);
  return all;
}
