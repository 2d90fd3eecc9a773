// Ids as they are typed in.
const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export function isId(text: string): boolean {
  return ID.test(text.trim());
}

const SHOWN = 8;

/** The end of it: ids begin with the time, so that those of one day look alike there. */
export function shortId(id: string): string {
  return id.slice(-SHOWN);
}
