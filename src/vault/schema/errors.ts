// What the schema registry refuses at start.
import { AppError } from "../../kernel/app-error.ts";

/** The governance files are at fault; nothing personal stands in them, so `message` holds `file:line:column: what`, a line a fault. */
export class RegistryError extends AppError {
  readonly code = "bad-registry";
  readonly status = 500;
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join("\n"));
    this.name = "RegistryError";
    this.faults = faults;
  }
}
