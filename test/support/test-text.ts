// For property tests: text of any code points at all.
import fc from "fast-check";

const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;
const LAST = 0x10ffff;

/** Half of them the plainest, since those lead to errors that can be read. Surrogates are no characters. */
const character = fc.oneof(
  fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)),
  fc
    .integer({ min: 0, max: LAST - SURROGATES })
    .map((code) => String.fromCodePoint(code < FIRST_SURROGATE ? code : code + SURROGATES)),
);

/** As fast-check's own of unit "binary", which makes a table of all 1,112,064 of them first: seconds and a hundred megabytes in each process. */
export function anyText(constraints: Omit<fc.StringConstraints, "unit"> = {}): fc.Arbitrary<string> {
  return fc.string({ ...constraints, unit: character });
}
