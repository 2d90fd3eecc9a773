// What bin/node sets for whatever it starts: a process that is measured has it too, as it has its arguments.
const NAMES = ["PATH", "NODE_COMPILE_CACHE", "MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"];

export function startedLike(): Record<string, string | undefined> {
  return Object.fromEntries(NAMES.map((name) => [name, process.env[name]]));
}
