// One short string for one exact input; null for anything that is not exactly a decision input.
import { CHOICES, SWITCHES, type DecisionInput } from "./input.ts";
import type { ReleasedForm } from "./engine.ts";

type Choice = keyof typeof CHOICES;
type Places = ReadonlyMap<unknown, number>;
type Place = number | undefined;

// Five bits for each place, six places a word, so that a word stays within 30 bits.
const PLACE_LIMIT = 32;
// Above the bit of any switch.
const NOT_A_SWITCH = 0x4000_0000;
const MEMBERS_COUNT = Object.keys(CHOICES).length + SWITCHES.length;
const WANTED: Places = placesOf(["clear", "masked", "token"]);
const PLACES = Object.fromEntries(
  Object.entries(CHOICES).map(([name, values]) => [name, placesOf(values)]),
) as Readonly<Record<Choice, Places>>;

/**
 * INVARIANT: injective. Each choice is the index of its value in its closed list, each switch strictly true or false, and no member is
 * missing or extra; otherwise a mistyped input ("true" for true) could find the remembered decision of a different one. Written out and
 * not looped, since this is what a remembered decision costs.
 */
export function inputKey(input: DecisionInput, wanted: ReleasedForm, exactly: boolean): string | null {
  const asker = packed(
    PLACES.role.get(input.role),
    PLACES.purpose.get(input.purpose),
    PLACES.basis.get(input.basis),
    PLACES.rowScope.get(input.rowScope),
    PLACES.relationship.get(input.relationship),
    WANTED.get(wanted),
  );
  const chosen = choiceBits(input);
  const field = packed(
    PLACES.dataClass.get(input.dataClass),
    PLACES.trait.get(input.trait),
    PLACES.recipient.get(input.recipient),
    PLACES.line.get(input.line),
    PLACES.assignment.get(input.assignment),
    chosen | (exactly ? 1 : 0),
  );
  const switches = switchBits(input);
  if (
    asker < 0 ||
    field < 0 ||
    chosen >= NOT_A_SWITCH ||
    switches >= NOT_A_SWITCH ||
    countMembers(input) !== MEMBERS_COUNT
  )
    return null;
  return String.fromCharCode(
    asker >>> 16,
    asker & 0xffff,
    field >>> 16,
    field & 0xffff,
    switches >>> 16,
    switches & 0xffff,
  );
}

/** Six places in one word of 30 bits; negative when one of them is missing. Not an array, which would be made at every call. */
// oxlint-disable-next-line max-params
function packed(a: Place, b: Place, c: Place, d: Place, e: Place, f: Place): number {
  if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined || f === undefined)
    return -1;
  return (((((a * PLACE_LIMIT + b) * PLACE_LIMIT + c) * PLACE_LIMIT + d) * PLACE_LIMIT + e) * PLACE_LIMIT + f) | 0;
}

/** One bit a switch; at least NOT_A_SWITCH when one of them is neither true nor false. */
function switchBits(input: DecisionInput): number {
  return (
    bit(input.purposeRegistered, 0) |
    bit(input.classAllowed, 1) |
    bit(input.trainingCurrent, 2) |
    bit(input.strongSignIn, 3) |
    bit(input.breakGlass, 4) |
    bit(input.fieldNeeded, 5) |
    bit(input.recipientContract, 6) |
    bit(input.recipientVerified, 7) |
    bit(input.caseOpen, 8) |
    bit(input.ownGroup, 9) |
    bit(input.entityAllowed, 10) |
    bit(input.lineAllowed, 11) |
    bit(input.authorizationCovers, 12) |
    bit(input.twoPersonApproval, 13) |
    bit(input.legalProcessCovers, 14) |
    bit(input.privilegeReviewed, 15) |
    bit(input.protectionOrder, 16) |
    bit(input.restricted, 17) |
    bit(input.employee, 18) |
    bit(input.vip, 19) |
    bit(input.minor, 20) |
    bit(input.deceased, 21) |
    bit(input.erased, 22) |
    bit(input.freshSignIn, 23) |
    bit(input.phishingResistant, 24) |
    bit(input.policiesAcknowledged, 25) |
    bit(input.standardView, 26) |
    bit(input.callerVerified, 27) |
    bit(input.conflictDeclared, 28) |
    bit(input.bulk, 29)
  );
}

/** They share the place of `exactly`, since a word has room for thirty switches. */
function choiceBits({ noMarketing, noAffiliateSharing, noThirdPartySharing, releaseJudged }: DecisionInput): number {
  return bit(noMarketing, 1) | bit(noAffiliateSharing, 2) | bit(noThirdPartySharing, 3) | bit(releaseJudged, 4);
}

function bit(value: unknown, at: number): number {
  if (value === true) return 1 << at;
  return value === false ? 0 : NOT_A_SWITCH;
}

/** Own and inherited members alike: an input with a prototype that adds to it is not one of ours. */
function countMembers(input: object): number {
  let count = 0;
  for (const _ in input) count += 1;
  return count;
}

function placesOf(values: readonly string[]): Places {
  if (values.length > PLACE_LIMIT) throw new RangeError(`a closed list outgrew ${PLACE_LIMIT}`);
  return new Map<unknown, number>(values.map((value, at) => [value, at]));
}
