// A signer whose key is rotated: while one key gives over to the next, both sign, and who knows either can verify.
import type { SigningSeed } from "./detail.ts";
import { LedgerError } from "./errors.ts";
import { noteSigner, openNote } from "./note.ts";
import type { NoteSigner } from "./note.ts";

export interface JointSigner extends NoteSigner {
  /** Whether each key that signs now has signed the note: otherwise it should be signed again. */
  isCurrent(note: string): boolean;
  /** Those that sign now, the newest first. */
  signing(): readonly NoteSigner[];
}

/** C2SP signed-note: a note has any number of signatures, and a verifier passes over those of keys it does not know. */
export function signJointly(signers: readonly NoteSigner[], text: string): string {
  const [first, ...others] = signers.map((signer) => signer.sign(text));
  if (first === undefined) throw new LedgerError("unavailable", "the log has no key to sign with");
  return first + others.map((note) => note.slice(text.length + 1)).join("");
}

/** Follows the keys: `seeds` is asked at each use. A pending key does not sign yet, but is known to others already. */
export function jointSigner(name: string, seeds: () => readonly SigningSeed[]): JointSigner {
  let made = new Map<number, NoteSigner>();
  const live = (): readonly (SigningSeed & { readonly signer: NoteSigner })[] => {
    const all = seeds().map((each) => ({ ...each, signer: made.get(each.version) ?? noteSigner(name, each.seed) }));
    made = new Map(all.map(({ version, signer }) => [version, signer]));
    return all;
  };
  const signing = (): NoteSigner[] => live().flatMap(({ pending, signer }) => (pending ? [] : [signer]));
  const newest = (): NoteSigner => {
    const [first] = signing();
    if (first === undefined) throw new LedgerError("unavailable", "the log has no key to sign with");
    return first;
  };
  const verifiers = () => live().flatMap(({ signer }) => signer.verifiers);
  return {
    name,
    get verifierKey() {
      return newest().verifierKey;
    },
    get verifiers() {
      return verifiers();
    },
    sign: (text) => signJointly(signing(), text),
    open: (note) => openNote(note, verifiers()),
    isCurrent: (note) => signing().every((signer) => signer.open(note) !== null),
    signing,
  };
}
