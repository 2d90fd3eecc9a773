// The names of clients and staff: for people to tell them apart by.
import { AccessError } from "./errors.ts";

const NAME_CHARACTERS_MAX = 200;

/** Throws AccessError `bad-name`. */
export function checkedName(name: string): string {
  const trimmed = name.trim().normalize("NFC");
  if (trimmed.length === 0 || trimmed.length > NAME_CHARACTERS_MAX) throw new AccessError("bad-name");
  return trimmed;
}
