// A bounded memory of decisions: two generations of a Map, so that a hit costs one lookup and old entries fall away together.

export interface Remembered<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  size(): number;
}

/** Holds at most `entriesMax` entries; what has not been asked for during the last half of them is forgotten first. */
export function createRemembered<Value>(entriesMax: number): Remembered<Value> {
  const generationMax = Math.max(1, Math.floor(entriesMax / 2));
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  const set = (key: string, value: Value): void => {
    if (young.size >= generationMax) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  };
  const get = (key: string): Value | undefined => {
    const found = young.get(key);
    if (found !== undefined) return found;
    const older = old.get(key);
    if (older !== undefined) {
      old.delete(key);
      set(key, older);
    }
    return older;
  };
  return { get, set, size: () => young.size + old.size };
}
