// What `npm run bench` measures, in this order: each part runs by itself, on a database and a server of its own.
import { benchAppend } from "./append.ts";
import { benchConsole } from "./console.ts";
import { benchDisclosure } from "./disclosure.ts";
import type { PartText } from "./document.ts";
import { benchDataCopy, benchDisposal } from "./disposal.ts";
import { benchErase } from "./erase.ts";
import { benchImportMemory } from "./import-memory.ts";
import { benchImport } from "./import.ts";
import { benchLog } from "./log.ts";
import type { Goal } from "./report.ts";
import { benchRequests } from "./requests.ts";
import { benchReviews } from "./reviews.ts";
import { benchSearch } from "./search.ts";
import { benchSignIn } from "./sign-in.ts";
import { benchWatch } from "./watch.ts";
import { benchWebhooks } from "./webhooks.ts";

export interface Part extends PartText {
  /** `full`: at the sizes of the budget table. */
  run(full: boolean): Promise<Goal[]>;
}

const seconds = (full: boolean): number => (full ? 15 : 5);

export const PARTS: readonly Part[] = [
  {
    name: "append",
    title: "Appending to the ledger",
    about:
      "The ledger itself, without HTTP: 64 writers whose entries are sealed, committed to, gathered into batches and promised, against plain rows of the same " +
      "size, each with a commit of its own, over 16 connections. One database, closed loops, the median of three rounds.",
    run: (full) => benchAppend(seconds(full)),
  },
  {
    name: "disclosure",
    title: "Disclosure over HTTP",
    about:
      "One server process, 64 connections, 1,000 customers: a client authenticated, its question decided by the policies, sequenced in the ledger, promised, and " +
      "five fields opened. Beside it in the same process and database: (a) the same row in plaintext by primary key, (b) the same behind authentication and " +
      "validation, and columns sealed by pgcrypto with one audit row a read; and the same disclosures by 64 of staff, each signed in and with ten customers assigned. " +
      "They take turns, after twenty-five seconds each that are not measured; medians of three rounds.",
    run: (full) => benchDisclosure(seconds(full)),
  },
  {
    name: "import",
    title: "Import",
    about:
      "Customers of 30 fields, to which six indexes apply, sent over HTTP to a server that already holds as many, against the same rows as text in a table with six " +
      "plain indexes. A second and core is a second of processor time of the importing process, all its threads together; what PostgreSQL spends is named beside it.",
    run: (full) => benchImport(full ? 50_000 : 6000),
  },
  {
    name: "import-memory",
    title: "Memory of an import",
    about:
      "The server as delivered, in a process of its own: the most memory it held at once (the kernel's peak of the resident set) while it imported a feed, and one ten " +
      "times as long. The budget names no number for constant; a fifth more is what is allowed here.",
    run: (full) => benchImportMemory(full ? 20_000 : 2000),
  },
  {
    name: "search",
    title: "Exact search",
    about:
      "An exact search through the gate: right and ceilings checked, tokens looked up, hits confirmed against their sealed checks, scoped, masks opened, the entry " +
      "committed. The sizes stand side by side in databases of their own and are searched in turns, one search after another; medians. The 200 customers searched for are real; the others are filler rows of random bytes, which to an index are the same. " +
      "The gate is the bench's own, for the server's holds answers back to the next 50 ms so that their time tells nothing.",
    run: (full) => benchSearch(full ? 1_000_000 : 100_000),
  },
  {
    name: "log",
    title: "A large log: verifying it, and whom a principal saw",
    about:
      "Disclosures written by the real ledger, in batches, as if over a year. The log's public files are copied into a folder and verified by the outside verifier; " +
      "hashing alone is the 2n - 1 hashes of RFC 6962 over the same leaves in memory, by code of its own, to the same root. Whom a principal saw is asked over HTTP, " +
      "authorised and recorded, 200 customers a page; the goal is held by the slowest of all answers.",
    run: (full) => benchLog(full ? 1_000_000 : 100_000),
  },
  {
    name: "erase",
    title: "Erasure",
    about:
      "Erasures asked for over HTTP of customers with 1 and with 10,000 records, taking turns. Acknowledged: the wrapped keys are gone from the database and the erasure " +
      "stands in the ledger. Final: the bucket key that could open a backup is destroyed, every lease of it has run out, and the certificate is written; most of that is " +
      "waiting, for the server's next round and for leases. Sweeping removes, afterwards, what nobody can read any more, and takes as long as there is much.",
    run: (full) => benchErase(full ? 12 : 6),
  },
  {
    name: "disposal",
    title: "Disposal of what fell due",
    about:
      "Closed policies, claims and relationships of customers with four each, dated thirteen years back, in a server as delivered: a preview asked for over HTTP judges every one in the " +
      "background (unit rows with their MACs, sealed states, dates from the ledger), lists what is due under a digest, and is waited for. Then the run of what was approved: each unit " +
      "judged again, erased for good, and the whole certified.",
    run: (full) => benchDisposal(full ? 100_000 : 10_000),
  },
  {
    name: "data-copy",
    title: "Copy of all data of a customer",
    about:
      "What a customer may have of what is held (GDPR Art. 15): every record asked of the gate in the customer's own name, page by page, each page an entry, and sealed again in parts. " +
      "Asked for over HTTP of a server as delivered, and fetched as JSON.",
    run: (full) => benchDataCopy(full ? 5000 : 500),
  },
  {
    name: "watch",
    title: "Weighing looks at customers",
    about:
      "What the gate's watch adds to a disclosure when nothing is odd, in processor time of its process: 200 people with a past in the real ledger, each look weighed against the " +
      "person's own days, peers, ceilings and relatives. The past is read once a person and process, at the first look; that is waited for, and timed by the clock.",
    run: (full) => benchWatch(full ? 1_000_000 : 50_000),
  },
  {
    name: "reviews",
    title: "Review of access",
    about:
      "A company of staff with disclosures of theirs in the ledger. Prepared: everybody's use counted from the ledger's index, compared with the others of the role, flagged, " +
      "suggested for, handed to a reviewer, and every line sealed and recorded, in one call of the domain without HTTP.",
    run: (full) => benchReviews(5000, full ? 1_000_000 : 50_000),
  },
  {
    name: "requests",
    title: "Queue of rights requests",
    about:
      "Open requests under customers' rights, each row with its MAC, as the server's own table holds them; a member of the privacy side reads pages of fifty over HTTP, " +
      "one after another. Every row that is shown is verified.",
    run: (full) => benchRequests(full ? [1000, 10_000, 100_000] : [1000, 10_000]),
  },
  {
    name: "webhooks",
    title: "Events to other systems",
    about:
      "Disclosures written to the ledger in batches, until receivers over TLS have each of them: read back from the ledger, sealed detail opened, queued, made a CloudEvent, signed after " +
      "Standard Webhooks, posted over eight connections a receiver, settled. The server as delivered delivers; the receivers are in the bench's process, on the same cores. Medians of three rounds.",
    run: (full) => benchWebhooks(full ? 10_000 : 1000),
  },
  {
    name: "sign-in",
    title: "Sign-in",
    about:
      "A session's token checked, as routes do that the ledger checks again (remembered for two seconds) and as all others do (read anew: session, owner, last use, in one statement), one after another; and a " +
      "sign-in by an address that nobody has, which costs what any other does. Processor time of the asking process; PostgreSQL's stands beside it.",
    run: () => benchSignIn(),
  },
  {
    name: "console",
    title: "The console in a browser",
    about:
      "The server as delivered. First load: Chromium with an empty cache opens the page and waits until nothing more is fetched; bytes as the browser counts them on the wire, " +
      "compressed, headers included. Sixty customers: an adjuster's session asks, one after another and as fast as answers come, what the console's pages ask for in two actions a " +
      "customer (the claim in hand opened in clear, then the customer's page); each answer is timed from outside, over loopback, with everything in it: session checked, decided, recorded " +
      "in the ledger, opened. It is faster than anybody reads, so that the watch writes alerts meanwhile, whose time is in the answers too. The sixty and twenty for warming up are real; the others are filler rows. " +
      "One of the twenty has two thousand records more, which are loaded page by page in the browser to the last one: the longest task of the page's own thread, as the browser counts tasks of 50 ms and more. Lighthouse runs by its desktop preset, on a machine that also serves the page.",
    run: (full) => benchConsole(full ? 100_000 : 2000),
  },
];
