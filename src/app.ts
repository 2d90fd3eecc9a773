// Wires the whole server by hand: storage, keys, ledger, access, vault, gate, imports, operations, HTTP. What is opened is closed in reverse.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import { startBackground } from "./background.ts";
import type { Config } from "./config.ts";
import { createDecider, loadPolicySet, openGate } from "./disclosure/disclosure.ts";
import {
  coveredIdempotencyKeys,
  createMetrics,
  type Domains,
  type HttpOptions,
  type Metrics,
  startHttp,
  startLocalServer,
} from "./http/http.ts";
import { openFeeds } from "./feeds/feeds.ts";
import { loadMappings, openImports, startSealingThread } from "./import/import.ts";
import type { Clock } from "./kernel/clock.ts";
import { type Keys, openKeys, openLocalKeyring } from "./keys/keys.ts";
import { fileSignerMemory, type Ledger, LedgerError, openLedger, type SignerMemory } from "./ledger/ledger.ts";
import { openCustomerSide } from "./start-customers.ts";
import { openOperations, type OperationsParts } from "./operations/operations.ts";
import { openRecipients } from "./recipients/recipients.ts";
import { openRepresentations } from "./representation/representation.ts";
import { type OnEntry, openPeople } from "./open-people.ts";
import { followPolicies, type PolicyWatch } from "./policy-watch.ts";
import { openStorage, type Storage } from "./postgres/postgres.ts";
import { isReachable } from "./reach-store.ts";
import { readSecret } from "./read-secret.ts";
import { type Site, siteOf } from "./site.ts";
import { Stack } from "./stack.ts";
import { deciding, readSharing } from "./start-sharing.ts";
import { openStaffWatch } from "./staff-watch.ts";
import { startEventStreams } from "./start-events.ts";
import { openOutward } from "./start-outward.ts";
import { startMail } from "./start-mail.ts";
import { type ForgedRow, loadRegistry, openVault } from "./vault/vault.ts";
import { ACCESS_TOKEN_PREFIX } from "./systems/systems.ts";
import { VERSION } from "./version.ts";

export interface AppOptions {
  readonly log: Logger;
  readonly clock: Clock;
  /** Between two looks of what the server does by itself; two seconds where nothing is said. */
  readonly everyMs?: number;
}

export interface App {
  readonly url: string;
  readonly domains: Domains;
  readonly storage: Storage;
  /** Resolves when something the server cannot do without has ended. */
  readonly failed: Promise<void>;
  stop(): Promise<void>;
}

/** One log a process group; further shards come with distribution. */
const LOG_SHARD = 0;

/** Starts everything or throws, leaving nothing running. */
export async function startApp(config: Config, options: AppOptions): Promise<App> {
  const opened = new Stack();
  try {
    return await openApp(config, options, opened);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function openApp(config: Config, options: AppOptions, opened: Stack): Promise<App> {
  const { log } = options;
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const metrics = createMetrics();
  const storage = opened.keep(await reachStorage(config, log), (each) => each.stop());
  const base = await openBase(config, options, storage, opened);
  const site = siteOf(config);
  const { domains, policies } = await openDomains(config, { ...options, metrics, storage, base, opened, site });
  const failed = Promise.withResolvers<void>();
  void storage.ended.then(() => failed.resolve());
  let isHistoryBroken = false;
  const publishing = domains.ledger.startPublishing({
    onFailure: (err) => {
      isHistoryBroken ||= err instanceof LedgerError && err.fatal;
      log.error({ err }, "publishing a checkpoint failed");
    },
  });
  opened.keep(publishing, (each) => each.stop());
  const background = opened.keep(startTasks(domains, policies, options), (each) => each.stop());
  const events = opened.keep(await startEventStreams(config.events, { domains, metrics, log }), (each) => each.stop());
  opened.keep(await startLocalServer(domains, { dataFolder: config.dataFolder, log }), (each) => each.stop());
  const readiness = async () => ({
    database: (await isReachable(storage.database)) ? "ok" : "does not answer",
    ledger: isHistoryBroken ? "its history is not what was signed: nothing is appended" : "ok",
    policies: policies.isInForce() ? "ok" : "another server has put other policies in force",
    background: background.failing().length === 0 ? "ok" : `failing: ${background.failing().join(", ")}`,
    events: events.readiness(options.clock.now()),
    webhooks: domains.downstream.readiness(),
  });
  const { listen, requestsPerMinute, publicUrl } = config;
  const authenticate = authenticatorOf(domains);
  const http = await startHttp({
    domains,
    authenticate,
    publicUrl,
    listen,
    requestsPerMinute,
    metrics,
    log,
    version: VERSION,
    readiness,
  });
  site.listensOn(http.url);
  opened.keep(http, (each) => each.stop());
  log.info({ url: http.url, migrated: storage.migrated }, "listening");
  return { url: http.url, domains, storage, failed: failed.promise, stop: () => opened.close() };
}

function reachStorage(config: Config, log: Logger): Promise<Storage> {
  const { database, connectionsMax, dataFolder } = config;
  const source =
    database === null
      ? ({ kind: "embedded", folder: join(dataFolder, "postgres") } as const)
      : ({ kind: "external", ownerUrl: database.ownerUrl, appUrl: database.url } as const);
  return openStorage(source, { connectionsMax, log: (message) => log.debug({ postgres: message }, "postgres") });
}

interface Base {
  readonly keys: Keys;
  readonly ledger: Ledger;
  readonly signerMemory: SignerMemory;
}

async function openBase(config: Config, { clock }: AppOptions, storage: Storage, opened: Stack): Promise<Base> {
  const { folder, passphraseFile } = config.keyring;
  const passphrase = passphraseFile === null ? {} : { passphrase: await readPassphrase(passphraseFile) };
  const { provider, buckets } = await openLocalKeyring({ folder, ...passphrase });
  const { leaseSeconds, keyRetirementSeconds: retireAfterSeconds, signingOverlapSeconds } = config;
  const { algorithm } = config;
  const { database } = storage;
  const options = {
    database,
    provider,
    buckets,
    leaseSeconds,
    retireAfterSeconds,
    signingOverlapSeconds,
    algorithm,
    clock,
  };
  const keys = opened.keep(await openKeys(options), (each) => each.close());
  const signerMemory = fileSignerMemory(join(folder, "signer"));
  const appendOn = storage.openPipeline();
  const origin = config.logOrigin;
  const ledger = await openLedger({ database, appendOn, keys, clock, origin, logShard: LOG_SHARD, signerMemory });
  return { keys, ledger, signerMemory };
}

interface Opening extends AppOptions {
  readonly metrics: Metrics;
  readonly storage: Storage;
  readonly base: Base;
  readonly opened: Stack;
  readonly site: Site;
}

async function openDomains(
  config: Config,
  { clock, log, metrics, storage, base, opened, site }: Opening,
): Promise<{ readonly domains: Domains; readonly policies: PolicyWatch }> {
  const [{ database }, { keys, ledger }] = [storage, base];
  const at = (...parts: readonly string[]): string => join(config.governanceFolder, ...parts);
  const registry = loadRegistry(at("schema"));
  const onAnomaly = (anomaly: { readonly row: string; readonly code: string; readonly id: string }): void => {
    metrics.countAnomaly(`${anomaly.row}-${anomaly.code}`);
    log.warn({ anomaly }, "a stored row does not verify and grants nothing");
  };
  const { mail, staffMail } = await startMail(config, { database, keys, clock, log, opened });
  const asking = { database, keys, ledger, clock, log, onAnomaly, site: site.url, staffMail };
  // Nobody is provisioned before the server listens, and the watch stands by then.
  const onEntry: OnEntry = (entry, actor) => watch.noteDirectoryEntry(entry, actor);
  const people = await openPeople(config, { ...asking, onEntry });
  const { access, grants } = people;
  const onForged = (row: ForgedRow): void => onAnomaly({ ...row, code: "forged" });
  const vault = openVault({ database, keys, registry, ledger, clock, logShard: LOG_SHARD, onForged });
  const representations = openRepresentations({ database, clock, ...people, vault });
  const recipients = openRecipients({ database, clock, ...people, areOnePerson: grants.areOnePerson });
  const shared = { clock, database, keys, ...people, ledger, vault, representations, recipients };
  const fieldPaths = registry.allFields().map(({ path }) => path);
  const decider = createDecider(loadPolicySet({ folder: at("policies"), fieldPaths }));
  const policies = await followPolicies(access, decider);
  const watch = openStaffWatch({ config, ...shared, staffMail, metrics, log, opened });
  const sharing = readSharing(config.governanceFolder, shared);
  const gate = openGate({
    ...shared,
    ...deciding(shared),
    ...sharing,
    policy: policies.inForce,
    watch,
    reading: storage.openPipeline(),
  });
  const mappings = loadMappings(at("mappings"), registry);
  const sealing = startSealingThread({ keys, registry, schemaFolder: at("schema") });
  const { seal } = opened.keep(sealing, (each) => each.stop());
  const feeds = openFeeds({ ...shared, registry, taken: new Set(mappings.keys()) });
  const made = feeds.mappings.inForce;
  const imports = openImports({ database, keys, ledger, vault, clock, mappings, made, seal });
  const customerSide = openCustomerSide(config, { ...asking, ...shared, gate, sharing, mail, opened });
  const operations = openOperations(
    operating({ ...base, ...customerSide, database, access, vault, imports, mail, clock, log }),
  );
  const domains = {
    ...shared,
    gate,
    watch,
    operations,
    imports,
    feeds,
    mail,
    ...customerSide,
    ...(await openOutward(config, { ...shared, ...customerSide, gate, watch, log, opened })),
  };
  return { domains, policies };
}

type Operated = Pick<OperationsParts, "database" | "access" | "vault" | "clock" | "keys" | "ledger" | "signerMemory"> &
  Pick<Domains, "imports" | "mail" | "requests" | "accounting" | "letters" | "documents"> & { readonly log: Logger };

function operating({ imports, mail, requests, accounting, log, ...parts }: Operated): OperationsParts {
  const { database, keys, access } = parts;
  return {
    ...parts,
    outsiders: new Set(accounting.rules.outsiders),
    logShard: LOG_SHARD,
    rejects: imports,
    covered: [imports, coveredIdempotencyKeys({ database, keys }), mail],
    macced: [requests],
    system: access.system,
    ...callsForHelp(log),
  };
}

/** What the server cannot bring to an end by itself. */
function callsForHelp(log: Logger): Pick<OperationsParts, "onHeld" | "onForged" | "onUnreadable"> {
  return {
    onHeld: (held) => log.error({ held }, "an erasure waits for an operator"),
    onForged: (erasureId) => log.error({ erasureId }, "an erasure row does not verify"),
    onUnreadable: (found) => log.error({ found }, "rows do not open, so that older keys are kept: verify the data"),
  };
}

/** By the form of the token: a session's, an access token, or an API client's own, where those are taken. */
function authenticatorOf({ access, signIns, systems }: Domains): HttpOptions["authenticate"] {
  return (token, fresh, certificate) => {
    if (token.startsWith("ubs_")) return signIns.sessions.authenticate(token, fresh);
    if (token.startsWith(ACCESS_TOKEN_PREFIX))
      return systems.authenticate(token, { fresh, certificate: certificate() });
    return systems.settings.staticSecrets ? access.authenticate(token, fresh) : Promise.resolve(null);
  };
}

/** A server that has just started has better to do. */
const MATRIX_AFTER_SECONDS = 60;

function startTasks(domains: Domains, policies: PolicyWatch, { log, everyMs }: AppOptions) {
  const { keys, fulfilment, operations, signIns, reviews, mail, watch, changes, downstream, requests } = domains;
  const { packages, gate, retention, demands, letters, rounds, tellings } = domains;
  const quietUntil = process.uptime() + MATRIX_AFTER_SECONDS;
  return startBackground(
    [
      { name: "erasures", run: (signal) => operations.finishErasures(signal) },
      { name: "disposals", run: (signal) => retention.look(signal) },
      { name: "data copies", run: () => fulfilment.sweep() },
      { name: "rotations", run: (signal) => operations.finishRotations(signal) },
      { name: "policies", run: () => policies.look() },
      { name: "sessions", run: () => signIns.sweep() },
      { name: "watch", run: (signal) => watch.look(signal) },
      { name: "mail", run: async (signal) => void (await mail.deliver(signal)) },
      { name: "changes", run: (signal) => changes.look(signal) },
      { name: "rights", run: (signal) => requests.look(signal) },
      { name: "demands", run: (signal) => demands.look(signal) },
      { name: "notices", run: (signal) => rounds.look(signal) },
      { name: "letters", run: () => letters.look() },
      { name: "tellings", run: (signal) => tellings.look(signal) },
      { name: "packages", run: (signal) => packages.sweep(signal) },
      { name: "reviews", run: (signal) => reviews.sweep(signal) },
      { name: "webhooks", run: () => downstream.look() },
      { name: "matrix", run: async (end) => (process.uptime() < quietUntil ? undefined : gate.prepareMatrix(end)) },
      { name: "keys", run: async () => keys.assertDomainKeys() },
    ],
    log,
    everyMs,
  );
}

function readPassphrase(file: string): Promise<string> {
  return readSecret("UBERRIMA_KEYRING_PASSPHRASE_FILE", file);
}
