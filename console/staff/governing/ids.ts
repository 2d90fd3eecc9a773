// Ids as they are typed in.
const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export function isId(text: string): boolean {
  return ID.test(text.trim());
}
