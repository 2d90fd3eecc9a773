// Why a goal is missed, by the goal's name: stands under its row in docs/benchmarks.md for as long as it is missed.
const DISCLOSURE =
  "On two cores that the server, PostgreSQL and the load generator share, the sum of their processor time decides, and any other work beside it. Side by side on one busy machine, the least of six " +
  "spells in µs a disclosure: the main thread 417, V8's own threads 155, PostgreSQL 132, the load generator 56; with the code of 2026-11-29, 15:42, which had 0.23 on another machine, they were 446, " +
  "183, 130 and 54. So what followed (disputes, papers, units beyond two hundred, letters, flows) did not make it slower. At least half of the 155 are marking, sweeping and freeing, much of the rest " +
  "compiling: a disclosure makes 145 KB of objects, of which 12 KB outlive the collections of what is young (sixty-four are under way at once), and each 30 MB of those bring a full collection. " +
  "Collecting what is young on one thread, tried by turns in one process, gained nothing. On an earlier machine with nothing else to do the main thread took 260 to 280, of which the gate without HTTP " +
  "170 to 190: sealing the entry 36 (AES-256-GCM-SIV of 2 KB is 14 of them, its HMAC 4.5, canonical JSON 7), collecting garbage 29, opening five fields 17, statements sent and rows read 20, " +
  "verifying what is decided on 15, deciding and drafting 12, the promise 6 (one Ed25519 signature a batch is 38), the rest is promises and queues. Making and writing the text of an answer like " +
  "these was 17 and is 3 since it is ASCII (docs/decisions/0360).";

export const NOTES: Readonly<Record<string, string>> = {
  "disclosure to (a) plaintext": DISCLOSURE,
  "disclosure to (b) authenticated plaintext":
    "As above: authentication is remembered for both, so that the baseline gains little by it. To reach the goal a disclosure would have to cost some 450 µs in all, load generator (80) and " +
    "PostgreSQL (130) included: 240 in the server, all its threads together.",
  "disclosure to pgcrypto with an audit row":
    "As above. Each connection asks about customers of its own since this figure is measured honestly; when all asked about the same ones in step, batches shared their work.",
  "memory of the server under load":
    "It was 413 MB until glibc was told when to map and to hand back, and V8 to hold half as much of what is young (docs/decisions/0433). Then, by the system's map of the process: 64 are Node itself, " +
    "mapped from its file; 94 were glibc's heap, some 40 of which it could not hand back; 24 are the memory of Cedar's WebAssembly, which grew while the policies were read. 79 MB of V8's heap are alive once the server " +
    "stands; it may outgrow them by 30 % (src/v8-settings.ts, which the bench's server takes as src/main.ts does).",
  "import: customers a second and core":
    "It was 605 on 2026-11-22, on another machine, and 735 on this side by side with the 966 that one sealing thread in place of two and fewer places for glibc to allocate in made of it (docs/decisions/0430). Fields are sealed by XChaCha20-Poly1305 " +
    "(docs/decisions/0025), and the cipher is not what an import waits for. Of the processor time of the importing process, by an earlier profile: " +
    "sealing fifty things 10 %, index values with their two layers of tokens and field digests 10 %, the rest of preparing and packing records 8 %, garbage collection 10 %, statements " +
    "written and answered 10 %, source keys (digests, covers, MACs) 9 %, mapping and normalising 5 %, bucket keys read again as leases end 6 %, the ledger's entry 4 %, unit keys 3 %, " +
    "planning and parsing 4 %; the rest is spread over promises, streams and HTTP. The goal leaves 400 µs for thirty fields with all of that.",
  "erase 10,000 records to erase 1: until acknowledged":
    "A few milliseconds either way on a busy machine: both run the same ten statements over the same thirty pages, as PostgreSQL's auto_explain tells (wrapped keys deleted, the state " +
    "sealed, the entry appended); none reads a record. What differs is what the machine was still doing.",
  "most memory of the server during an import":
    "It was 405 to 409 MB before what is young was halved (docs/decisions/0433). Some 270 MB stand before any feed; the sealing thread has 35 MB of heap with the modules of the vault, the importing one " +
    "grows by some 20 MB, and buffers on the way to PostgreSQL take as much.",
  "a session checked, as it stands now":
    "One statement (owner, rows with their head, last use, principal), which checks that come together share; here they come one after another, so that each pays a whole round trip: " +
    "waking, writing and reading the socket and the driver's own work are most of it, comparing with what has verified before some 10 µs. Routes whose asker the ledger checks again, " +
    "disclosures among them, take the remembered session and do not pay this.",
};
