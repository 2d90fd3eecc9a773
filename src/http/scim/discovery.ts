// What a directory asks first: what this service can do, and which resources there are (RFC 7643 5 to 7).
import type { FastifyInstance } from "fastify";
import { listed, parseListing } from "./listing.ts";
import { ScimFailure } from "./scim-error.ts";
import { USER_SCHEMA } from "./user.ts";

const CONFIG_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";
const TYPE_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";
const SCHEMA_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Schema";
const GROUP_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";

const CONFIG = {
  schemas: [CONFIG_SCHEMA],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: 200 },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [
    {
      type: "oauthbearertoken",
      name: "Bearer token",
      description: "The token of an API client with the role access-admin",
      primary: true,
    },
  ],
  meta: { resourceType: "ServiceProviderConfig", location: "/scim/v2/ServiceProviderConfig" },
};

const typeOf = (name: string, endpoint: string, schema: string) => ({
  schemas: [TYPE_SCHEMA],
  id: name,
  name,
  endpoint,
  schema,
  meta: { resourceType: "ResourceType", location: `/scim/v2/ResourceTypes/${name}` },
});
const TYPES = [typeOf("User", "/Users", USER_SCHEMA), typeOf("Group", "/Groups", GROUP_SCHEMA)];

const attribute = (name: string, changes: object = {}) => ({
  name,
  type: "string",
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: "readWrite",
  returned: "default",
  uniqueness: "none",
  ...changes,
});
const SCHEMAS = [
  {
    schemas: [SCHEMA_SCHEMA],
    id: USER_SCHEMA,
    name: "User",
    attributes: [
      attribute("userName", { required: true, uniqueness: "server" }),
      attribute("externalId", { caseExact: true }),
      attribute("name", { type: "complex", subAttributes: [attribute("givenName"), attribute("familyName")] }),
      attribute("displayName"),
      attribute("emails", { type: "complex", multiValued: true, subAttributes: [attribute("value")] }),
      attribute("active", { type: "boolean" }),
      attribute("groups", {
        type: "complex",
        multiValued: true,
        mutability: "readOnly",
        subAttributes: [attribute("value")],
      }),
    ],
    meta: { resourceType: "Schema", location: `/scim/v2/Schemas/${USER_SCHEMA}` },
  },
  {
    schemas: [SCHEMA_SCHEMA],
    id: GROUP_SCHEMA,
    name: "Group",
    attributes: [
      attribute("displayName", { required: true, mutability: "readOnly", uniqueness: "server" }),
      attribute("members", { type: "complex", multiValued: true, subAttributes: [attribute("value")] }),
    ],
    meta: { resourceType: "Schema", location: `/scim/v2/Schemas/${GROUP_SCHEMA}` },
  },
];

export function scimDiscovery(scim: FastifyInstance): void {
  scim.get("/ServiceProviderConfig", async () => CONFIG);
  for (const [path, resources] of [
    ["/ResourceTypes", TYPES],
    ["/Schemas", SCHEMAS],
  ] as const) {
    scim.get(path, async ({ query }) => listed(resources, parseListing(query)));
    scim.get(`${path}/:id`, async ({ params }) => {
      const { id } = params as { readonly id: string };
      const found = resources.find((each) => each.id === id);
      if (found === undefined) throw new ScimFailure(404, "there is none of that name");
      return found;
    });
  }
}
