// Folding: the form in which two spellings of one name, street or number are the same.

// Letters that Unicode does not decompose into a base letter and a mark.
const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ħ: "h",
  ı: "i",
  ŋ: "n",
  ŧ: "t",
  ĸ: "k",
};

/** Compatibility form, lower case, without accents, apostrophes, hyphens, punctuation and spaces: "O’Brien-Łuk" is "obrienluk". */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[ßæœøđðþłħıŋŧĸ]/g, (letter) => LETTERS[letter] ?? letter)
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** Upper-case letters and digits only, for numbers that people write with dashes and spaces. */
export function alnum(text: string): string {
  return text
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}
