// The time by which leases of keys run: it never goes back, and a machine that slept wakes with all its leases over.
import type { Clock } from "../kernel/clock.ts";

/** A jump of the wall clock this far ahead of the monotonic one means that the machine slept or was moved. */
const JUMP_MS = 1000;

/** Milliseconds since some start. The monotonic clock alone stands still while a machine is suspended, the wall clock alone can be set back. */
export function leaseTime(clock: Clock): () => number {
  let time = 0;
  let monotonic = performance.now();
  let wall = clock.now().getTime();
  return () => {
    const monotonicNow = performance.now();
    const wallNow = clock.now().getTime();
    const passed = monotonicNow - monotonic;
    const passedOnWall = wallNow - wall;
    time += passedOnWall - passed > JUMP_MS ? passedOnWall : passed;
    monotonic = monotonicNow;
    wall = wallNow;
    return time;
  };
}
