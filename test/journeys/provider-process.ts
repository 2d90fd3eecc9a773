// For journeys: a recipient's own identity provider in a process of its own. Says its issuer and serves until it is ended.
import { startTestProvider } from "../../src/federation/test-provider.ts";

const [redirectUri = ""] = process.argv.slice(2);
const person = { sub: "reader-7", claims: { email: "reader@partner.example", email_verified: true } };
const { issuer } = await startTestProvider(person, redirectUri);
process.stdout.write(`issuer ${issuer.href}\n`);
