// /scim/v2/Groups: those that governance/access/federation.yaml maps to roles. They are not made or removed here; their members come and go.
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Person, PersonDraft } from "../../federation/federation.ts";
import { parseId } from "../../kernel/ids.ts";
import { principalOf } from "../authentication.ts";
import { groupId, type Shell } from "../shell.ts";
import { listed, parseListing } from "./listing.ts";
import { patched } from "./patching.ts";
import { ScimFailure } from "./scim-error.ts";
import { everybody } from "./users.ts";

const GROUP_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";
const MEMBERS_MAX = 1000;
const incoming = z.object({
  members: z
    .array(z.object({ value: z.string().max(100) }))
    .max(MEMBERS_MAX)
    .nullish(),
});

export function scimGroups(scim: FastifyInstance, shell: Shell): void {
  const { groups } = shell.federated;
  const nameAt = (params: unknown): string => {
    const id = String((params as { readonly id?: unknown }).id).toLowerCase();
    const name = groups.find((each) => groupId(shell.keys, each) === id);
    if (name === undefined) throw new ScimFailure(404, "no such group");
    return name;
  };
  const resource = (name: string, people: readonly Person[]) => groupOf(shell, name, people);
  scim.get("/Groups", async ({ query }) => {
    const people = await everybody(shell);
    return listed(
      groups.map((name) => resource(name, people)),
      parseListing(query),
    );
  });
  scim.get("/Groups/:id", async ({ params }) => resource(nameAt(params), await everybody(shell)));
  scim.post("/Groups", async ({ body }) => {
    const named = z.object({ displayName: z.string() }).safeParse(body);
    if (named.success && groups.includes(named.data.displayName))
      throw new ScimFailure(409, "the group is there: find it by displayName", "uniqueness");
    throw new ScimFailure(
      400,
      "only groups mapped in governance/access/federation.yaml mean something here",
      "invalidValue",
    );
  });
  scim.delete("/Groups/:id", async ({ params }) => {
    nameAt(params);
    throw new ScimFailure(400, "groups are taken away in governance/access/federation.yaml", "mutability");
  });
  const change = async (
    request: Parameters<typeof principalOf>[0],
    wanted: (before: object) => unknown,
  ): Promise<object> => {
    const name = nameAt(request.params);
    const people = await everybody(shell);
    const ids = membersOf(wanted(resource(name, people)));
    const unknown = [...ids].filter((id) => !people.some(({ ownerId }) => ownerId === id));
    if (unknown.length > 0) throw new ScimFailure(400, "a member is no user here", "invalidValue");
    for (const person of people)
      await follow(shell, person, { name, isMember: ids.has(person.ownerId) }, principalOf(request));
    return resource(name, await everybody(shell));
  };
  scim.put("/Groups/:id", (request) => change(request, () => request.body));
  scim.patch("/Groups/:id", (request) => change(request, (before) => patched(bare(before), request.body)));
}

function groupOf({ keys }: Shell, name: string, people: readonly Person[]): object {
  const id = groupId(keys, name);
  const members = people.filter(({ content }) => content.groups.includes(name));
  return {
    schemas: [GROUP_SCHEMA],
    id,
    displayName: name,
    members: members.map(({ ownerId, content }) => ({ value: ownerId, display: content.userName, type: "User" })),
    meta: { resourceType: "Group", location: `/scim/v2/Groups/${id}` },
  };
}

/** Directories take members away by their ids alone, and the library compares whole members. */
function bare(group: object): object {
  return { ...group, members: [...membersOf(group)].map((value) => ({ value })) };
}

function membersOf(resource: unknown): ReadonlySet<string> {
  const parsed = incoming.safeParse(resource);
  if (!parsed.success)
    throw new ScimFailure(400, `members are at most ${MEMBERS_MAX}, each with a value`, "invalidValue");
  return new Set((parsed.data.members ?? []).map(({ value }) => parseId(value) ?? value));
}

interface Membership {
  readonly name: string;
  readonly isMember: boolean;
}

async function follow(
  { federated }: Shell,
  { ownerId, content }: Person,
  { name, isMember }: Membership,
  actor: ReturnType<typeof principalOf>,
): Promise<void> {
  if (content.groups.includes(name) === isMember) return;
  const { principalId: _principal, mapped: _mapped, resting: _resting, ...draft } = content;
  const groups = isMember ? [...draft.groups, name] : draft.groups.filter((each) => each !== name);
  await federated.people.replace(ownerId, { ...draft, groups } satisfies PersonDraft, actor);
}
