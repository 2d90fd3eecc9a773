// A run keeps its files in memory only where there is room, and where nobody chose another place.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryFolder } from "./memory-folder.ts";

const GB = 2 ** 30;
const MOUNTS =
  "/dev/vda / ext4 rw,relatime 0 0\ntmpfs /dev/shm tmpfs rw,nosuid,nodev 0 0\ntmpfs /run tmpfs rw,noexec 0 0\n";
const PLENTY = { mounts: MOUNTS, freeBytes: () => 20 * GB, environment: {} };

test("a run's files are kept in memory where there is plenty", () => {
  assert.equal(memoryFolder(PLENTY), "/dev/shm");
});

test("where whoever runs the tests has chosen a folder, that one serves", () => {
  for (const name of ["TMPDIR", "TMP", "TEMP"])
    assert.equal(memoryFolder({ ...PLENTY, environment: { [name]: "/srv" } }), null);
});

test("too little room, no such folder, one that is no memory, or that runs no programs: the usual folder serves", () => {
  assert.equal(memoryFolder({ ...PLENTY, freeBytes: () => 64 * 2 ** 20 }), null);
  for (const mounts of ["", "/dev/vda / ext4 rw 0 0\n", "overlay /dev/shm overlay rw 0 0\n"])
    assert.equal(memoryFolder({ ...PLENTY, mounts, freeBytes: () => assert.fail("looked at") }), null);
  for (const option of ["noexec", "ro"])
    assert.equal(memoryFolder({ ...PLENTY, mounts: MOUNTS.replace("nodev", option) }), null);
});

test("of two mounts in one place the later one counts", () => {
  assert.equal(memoryFolder({ ...PLENTY, mounts: `${MOUNTS}tmpfs /dev/shm tmpfs rw,noexec 0 0\n` }), null);
});
