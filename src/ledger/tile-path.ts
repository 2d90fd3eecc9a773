// Tile coordinates, widths and URL paths of C2SP tlog-tiles.
export const TILE_WIDTH = 256;
/** Hashes a tile level stands above the one below: 256 = 2^8. */
export const TILE_HEIGHT = 8;
const LEVEL_MAX = 63;
// Five groups of three digits: far more than 2^48 leaves need, and exact in a double.
const NUMBER_GROUPS_MAX = 5;

export interface TilePlace {
  readonly level: number | "entries";
  readonly number: number;
  /** 1 to 255 for a partial tile, 256 for a full one. */
  readonly width: number;
}

/** `tile/<L>/<N>[.p/<W>]`, without the log's prefix. */
export function tilePath(place: TilePlace): string {
  const groups: string[] = [];
  let rest = place.number;
  do {
    groups.unshift(String(rest % 1000).padStart(3, "0"));
    rest = Math.floor(rest / 1000);
  } while (rest > 0);
  const number = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/");
  return `tile/${place.level}/${number}${place.width === TILE_WIDTH ? "" : `.p/${place.width}`}`;
}

const PATH = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** Null unless the path is exactly what `tilePath` would print for some tile. */
export function parseTilePath(path: string): TilePlace | null {
  const match = PATH.exec(path);
  if (match === null) return null;
  const groups = match[2]!.split("/");
  if (groups.length > NUMBER_GROUPS_MAX || groups[0] === "x000") return null;
  const number = Number(groups.join("").replaceAll("x", ""));
  const level = match[1] === "entries" ? "entries" : Number(match[1]);
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3]);
  if ((level !== "entries" && level > LEVEL_MAX) || (match[3] !== undefined && width >= TILE_WIDTH)) return null;
  return { level, number, width };
}

/** How many hashes tile `number` of `level` has in a tree of `size` leaves: 0 (never served) to 256. */
export function tileWidth(size: number, level: number, number: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return Math.min(TILE_WIDTH, Math.max(0, hashes - number * TILE_WIDTH));
}
