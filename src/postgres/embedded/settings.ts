// The settings of the embedded server: what nobody may change, and what an administrator may tune in postgresql.conf.

/**
 * Given on the command line, so that neither postgresql.conf nor ALTER SYSTEM overrides them.
 * Nothing that is logged holds a value: no statements, no parameters, no statement's errors, no DETAIL lines.
 */
export const FIXED_SETTINGS: Readonly<Record<string, string>> = {
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  unix_socket_permissions: "0700",
  logging_collector: "on",
  log_destination: "stderr",
  log_directory: "log",
  log_filename: "postgres-%a.log",
  log_file_mode: "0600",
  log_truncate_on_rotation: "on",
  log_rotation_age: "1d",
  log_rotation_size: "0",
  // Above ERROR: messages such as `invalid input syntax for type integer: "..."` quote the value. The caller gets every error anyway.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_statement: "none",
  log_duration: "off",
  log_min_duration_statement: "-1",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
};

/** Written into postgresql.conf when the data folder is made. */
export const INITIAL_SETTINGS: Readonly<Record<string, string>> = {
  shared_buffers: "128MB",
  max_connections: "100",
  // A container's /dev/shm is often 64 MB, where parallel workers fail; our statements are short.
  max_parallel_workers_per_gather: "0",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
};

export function asArguments(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
